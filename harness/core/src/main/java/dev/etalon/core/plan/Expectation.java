package dev.etalon.core.plan;

import dev.etalon.core.model.Grade;

/**
 * What is thought of the outcomes that match a pattern, before any is seen.
 *
 * @param outcome a regular expression that must match the whole outcome of a round, see {@link
 *     dev.etalon.core.model.Shape}
 * @param grade how such an outcome is to be taken
 * @param description why, in a sentence a maintainer understands
 */
public record Expectation(String outcome, Grade grade, String description) {}
