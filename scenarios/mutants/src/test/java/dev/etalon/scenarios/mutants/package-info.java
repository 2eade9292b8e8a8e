/** Hunts the defects of mutants, and tells what named each of them first. */
@NullMarked
package dev.etalon.scenarios.mutants;

import org.jspecify.annotations.NullMarked;
