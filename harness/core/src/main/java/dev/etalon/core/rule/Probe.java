package dev.etalon.core.rule;

import dev.etalon.core.plan.Capability;
import java.util.Arrays;
import java.util.Optional;

/**
 * A rule that asks what a server does with a condition on an operation, not what it owes. Its examples come in two sorts,
 * by the beginning of their names: {@code true} when the condition is met, {@code false} when it is not.
 *
 * @param operation what is done: {@code PUT}, {@code Complete}
 * @param condition the header, with {@code : *} where that is its value: {@code If-None-Match: *}
 * @param rule how it is asked for
 */
public record Probe(String operation, String condition, Rule rule) {
    private static final String MET = "true";
    private static final String NOT_MET = "false";

    public Probe {
        for (Example example : rule.examples()) {
            if (!example.name().startsWith(MET) && !example.name().startsWith(NOT_MET)) {
                throw new IllegalArgumentException("an example of a probe says whether its condition is met: probe="
                        + rule.id() + " example=" + example.name() + "; begin its name with true or false");
            }
        }
        if (rule.examples().stream().allMatch(Probe::met)) {
            throw new IllegalArgumentException("only a condition that is not met shows whether it is heeded: probe="
                    + rule.id() + "; add an example whose name begins with false");
        }
    }

    /** Begins a probe. */
    public static Builder of(String operation, String condition, Rule rule) {
        return new Builder(operation, condition, rule);
    }

    /** An id for the rule of a probe. */
    public static String id(String operation, String condition) {
        return "CAP-" + (operation + "-" + condition.replace(": *", "-any")).replace(" ", "-");
    }

    /** A probe that is being written down. Immutable; every method returns a changed copy. */
    public record Builder(String operation, String condition, Rule rule) {
        /** What is done before each of the examples that follow. */
        public Builder given(Step... steps) {
            return new Builder(operation, condition, rule.given(steps));
        }

        /** An example whose condition is met, and what a server that heeds it answers. */
        public Builder met(String name, Send send, Then then) {
            return new Builder(
                    operation, condition, rule.when(MET + ": " + name, send).then(then));
        }

        /** An example whose condition is not met. */
        public Builder unmet(String name, Send send, Then then) {
            return new Builder(
                    operation, condition, rule.when(NOT_MET + ": " + name, send).then(then));
        }

        /** The probe. */
        public Probe done() {
            return new Probe(operation, condition, rule);
        }
    }

    /** Whether the condition of an example is met. */
    public static boolean met(Example example) {
        return example.name().startsWith(MET);
    }

    /** The capability that a target may claim for it, which has the same name. */
    public Optional<Capability> capability() {
        return Arrays.stream(Capability.values())
                .filter(capability -> capability.label().equals(name()))
                .findFirst();
    }

    /** Operation and condition. */
    public String name() {
        return operation + " " + condition;
    }
}
