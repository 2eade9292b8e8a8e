/**
 * Servers that are wrong in exactly one way each: the proof that the harness catches what it claims to catch. Every class
 * overrides one decision of the faithful server and rebuilds a bug that somebody had.
 */
@NullMarked
package dev.etalon.targets.mutant;

import org.jspecify.annotations.NullMarked;
