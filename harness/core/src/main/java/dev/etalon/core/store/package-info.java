/** Remembering it: the history file, the run folder and the latency log. */
@NullMarked
package dev.etalon.core.store;

import org.jspecify.annotations.NullMarked;
