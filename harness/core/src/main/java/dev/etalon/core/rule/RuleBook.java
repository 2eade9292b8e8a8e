package dev.etalon.core.rule;

import java.util.List;

/** A part of the catalogue. Found through {@link java.util.ServiceLoader}; needs a public constructor without parameters. */
public interface RuleBook {
    /** Its rules in reading order; ids are unique over all books and never reused. */
    List<Rule> rules();
}
