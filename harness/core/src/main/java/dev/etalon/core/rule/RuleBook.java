package dev.etalon.core.rule;

import java.util.List;
import java.util.Map;

/** A part of the catalogue. Found through {@link java.util.ServiceLoader}; needs a public constructor without parameters. */
public interface RuleBook {
    /** Its rules in reading order; ids are unique over all books and never reused. */
    List<Rule> rules();

    /** What the ids that begin alike are about, by that beginning; every rule has one, in reading order. */
    default Map<String, String> series() {
        return Map.of();
    }

    /** What to ask a server to learn which conditions it heeds on which operations; in the order of a table's columns. */
    default List<Probe> probes() {
        return List.of();
    }
}
