package dev.etalon.core.rule;

import java.util.List;

/**
 * One way to put a rule to a server.
 *
 * @param name tells it from the other examples of its rule; empty when there is only one
 * @param given what is done before
 * @param when the request
 * @param then what is owed for it
 */
public record Example(String name, List<Step> given, Send when, Then then) {
    public Example {
        given = List.copyOf(given);
    }
}
