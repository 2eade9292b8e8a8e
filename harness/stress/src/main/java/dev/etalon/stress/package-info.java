/** Runs jcstress tests in bounded time, and says what each of them showed. */
@NullMarked
package dev.etalon.stress;

import org.jspecify.annotations.NullMarked;
