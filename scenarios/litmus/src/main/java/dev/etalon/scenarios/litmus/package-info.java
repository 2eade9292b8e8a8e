/**
 * Litmus tests: small races whose every outcome is written down and graded before any is seen. An outcome is a word for each
 * actor, in their order, and one for what is there in the end.
 */
@NullMarked
package dev.etalon.scenarios.litmus;

import org.jspecify.annotations.NullMarked;
