/** Servers under test: what they have in common whatever they run in. */
@NullMarked
package dev.etalon.targets;

import org.jspecify.annotations.NullMarked;
