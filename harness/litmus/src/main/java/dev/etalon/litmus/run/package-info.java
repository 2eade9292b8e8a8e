/** Runs litmus tests: starts the server, lets jcstress race, and says what was seen. */
@NullMarked
package dev.etalon.litmus.run;

import org.jspecify.annotations.NullMarked;
