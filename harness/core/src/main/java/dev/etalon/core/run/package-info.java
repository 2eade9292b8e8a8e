/** Doing it: the guard, synchronised rounds and read-modify-write loops that turn a plan into a history. */
@NullMarked
package dev.etalon.core.run;

import org.jspecify.annotations.NullMarked;
