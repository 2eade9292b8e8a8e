package dev.etalon.core.rule;

import java.util.List;

/**
 * Something a server may lack without breaking a rule. Asked for once per target before the first rule that needs it;
 * what its steps keep is known to those rules.
 *
 * @param name completes "the server has no …"
 * @param probe the requests that show it
 * @param silenceIsNo whether a server that lacks it leaves its client without an answer, so that a time-out says no
 */
public record Feature(String name, List<Step> probe, boolean silenceIsNo) {
    public Feature {
        probe = List.copyOf(probe);
    }

    /** A feature and the steps that show it. */
    public static Feature of(String name, Step... probe) {
        return new Feature(name, List.of(probe), false);
    }

    /** The same of a feature that a server without it keeps its client waiting for. */
    public Feature orSilence() {
        return new Feature(name, probe, true);
    }
}
