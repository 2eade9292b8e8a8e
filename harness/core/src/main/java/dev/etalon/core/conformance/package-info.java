/** Puts sequential rules to a target, each of them many times, and says what was found. */
@NullMarked
package dev.etalon.core.conformance;

import org.jspecify.annotations.NullMarked;
