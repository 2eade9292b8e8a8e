/** Every scenario and every rule on every target. */
@NullMarked
package dev.etalon.scenarios.conformance;

import org.jspecify.annotations.NullMarked;
