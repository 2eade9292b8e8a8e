package dev.etalon.core.rule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request that brings about the state a rule speaks of. Immutable.
 *
 * @param send the request
 * @param then the answer without which the state is not there
 * @param keeps what to remember of the answer
 * @param pause how long nothing is done after the answer; zero for no time at all
 */
public record Step(Send send, Then then, List<Keep> keeps, Duration pause) {
    public Step {
        keeps = List.copyOf(keeps);
        if (pause.isNegative()) {
            throw new IllegalArgumentException("a pause lasts some time: pause=" + pause + "; give zero or more");
        }
    }

    /**
     * Something to remember of an answer.
     *
     * @param name name for use in braces
     * @param from a header's name, or an XPath that begins with a slash, names in braces allowed
     * @param supersededBy name of the validator that must be another one when the request of the rule is sent; empty where
     *     there is none
     */
    public record Keep(String name, String from, Optional<String> supersededBy) {}

    /** A step that must be answered with 200, 201 or 204. */
    public static Step of(Send send) {
        return new Step(send, Then.PERFORMED, List.of(), Duration.ZERO);
    }

    /** With another answer. */
    public Step then(Then other) {
        return new Step(send, other, keeps, pause);
    }

    /** And remembers a header, or an element by its XPath. */
    public Step keep(String name, String from) {
        return keep(new Keep(name, from, Optional.empty()));
    }

    /**
     * And remembers a validator that what follows supersedes. A server whose validators are too coarse to tell the two
     * versions apart is given time between them, or else cannot be asked.
     *
     * @param current name of the validator of the version that follows
     */
    public Step keepSuperseded(String name, String from, String current) {
        return keep(new Keep(name, from, Optional.of(current)));
    }

    private Step keep(Keep keep) {
        List<Keep> all = new ArrayList<>(keeps);
        all.add(keep);
        return new Step(send, then, all, pause);
    }

    /** And lets time pass, so that what was written grows old: a second is what HTTP tells dates by. */
    public Step rest(Duration time) {
        return new Step(send, then, keeps, time);
    }

    /** One line for people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(send.toString());
        keeps.forEach(
                keep -> text.append("  → {").append(keep.name()).append("} = ").append(keep.from()));
        if (!pause.isZero()) {
            text.append("  then wait ").append(pause.toMillis()).append(" ms");
        }
        return text.toString();
    }
}
