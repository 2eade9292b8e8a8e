package dev.etalon.core.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The four conditional headers on a read, each of them absent, true or false: 81 requests and what is owed for each.
 *
 * <p>Source: RFC 9110 §13.2.2. A date is true or false by an hour, so that the clock's resolution does not matter.
 */
public final class ReadMatrix {
    private static final List<String[]> HEADERS = List.of(
            new String[] {"If-Match", "{E}", "{X}"},
            new String[] {"If-Unmodified-Since", "{LM}", "{LM-1h}"},
            new String[] {"If-None-Match", "{X}", "{E}"},
            new String[] {"If-Modified-Since", "{LM-1h}", "{LM}"});

    private ReadMatrix() {}

    /**
     * A rule with all 81 added.
     *
     * @param rule the rule, its set-up given
     * @param read the plain read
     * @param dateReads statuses for a read that only a false If-Modified-Since speaks against
     */
    public static Rule addTo(Rule rule, Send read, Set<Integer> dateReads) {
        Rule all = rule;
        for (int code = 0; code < 81; code++) {
            int[] states = {code / 27, code / 9 % 3, code / 3 % 3, code % 3};
            Send send = read;
            List<String> name = new ArrayList<>(List.of(read.method()));
            for (int i = 0; i < states.length; i++) {
                String[] header = HEADERS.get(i);
                if (states[i] > 0) {
                    send = send.header(header[0], header[states[i]]);
                    name.add(header[0] + (states[i] == 1 ? " true" : " false"));
                }
            }
            all = all.when(String.join(", ", name), send).then(owed(states, dateReads));
        }
        return all;
    }

    /** Each state is 0 for absent, 1 for true, 2 for false. */
    private static Then owed(int[] states, Set<Integer> dateReads) {
        int first = states[0] == 0 ? states[1] : states[0];
        if (first == 2) {
            return Then.status(412);
        }
        if (states[2] == 2) {
            return Then.status(304);
        }
        return states[2] == 0 && states[3] == 2 ? Then.status(dateReads.toArray(Integer[]::new)) : Then.status(200);
    }
}
