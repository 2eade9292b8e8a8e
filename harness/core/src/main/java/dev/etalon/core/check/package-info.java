/** Judging it: pure functions from a history to a verdict with witnesses. */
@NullMarked
package dev.etalon.core.check;

import org.jspecify.annotations.NullMarked;
