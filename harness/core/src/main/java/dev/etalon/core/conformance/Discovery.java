package dev.etalon.core.conformance;

import dev.etalon.core.conformance.RuleVerdict.ExampleVerdict;
import dev.etalon.core.conformance.RuleVerdict.Status;
import dev.etalon.core.conformance.RuleVerdict.Witness;
import dev.etalon.core.plan.Capability;
import dev.etalon.core.rule.Probe;
import dev.etalon.core.target.RawAnswer;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a server does with a condition on an operation.
 *
 * @param probe what was asked
 * @param state what it does
 * @param sentence the answers that show it; empty when it is honoured
 * @param verdict what came of the probe as a rule
 */
public record Discovery(Probe probe, State state, String sentence, RuleVerdict verdict) {
    /** What a server may do with a condition. */
    public enum State {
        /** Lets through what meets it and refuses what does not, every time. */
        HONOURED("honoured"),
        /** Neither of the others: some values or some times, or with an answer that is none of a condition's. */
        PARTIAL("partial"),
        /** Does what was asked, whether or not the condition is met, and does not say so. */
        IGNORED("ignored"),
        /** Says that it does not take the condition: 501, 400. */
        REFUSED("refused"),
        /** The operation is not there, or what the condition compares with is not. */
        NOT_OFFERED("–"),
        /** Requests went unanswered. */
        UNDECIDED("?");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** The word in tables and sentences. */
        public String word() {
            return word;
        }
    }

    /** What one answer says. */
    private enum Sign {
        AS_OWED,
        /** Done although the condition is not met. */
        DONE,
        /** Refused although it is met. */
        TURNED_AWAY,
        /** Refused, and not for the condition's being false. */
        DENIED,
        ODD
    }

    /** What the verdict on a probe's rule says. */
    public static Discovery of(Probe probe, RuleVerdict verdict) {
        Set<Sign> met = EnumSet.noneOf(Sign.class);
        Set<Sign> unmet = EnumSet.noneOf(Sign.class);
        for (ExampleVerdict example : verdict.examples()) {
            boolean isMet = Probe.met(example.example());
            for (Witness witness : example.witnesses()) {
                (isMet ? met : unmet).add(sign(isMet, example, witness));
            }
        }
        ExampleVerdict silent = verdict.examples().stream()
                .filter(example -> example.witnesses().isEmpty())
                .findFirst()
                .orElse(null);
        if (verdict.examples().isEmpty() || silent != null) {
            Status status = silent == null ? verdict.status() : silent.status();
            State state = status == Status.UNDECIDED ? State.UNDECIDED : State.NOT_OFFERED;
            return new Discovery(probe, state, silent == null ? verdict.sentence() : silent.sentence(), verdict);
        }
        State state;
        if (Set.of(Sign.AS_OWED).containsAll(met) && unmet.equals(Set.of(Sign.AS_OWED))) {
            state = State.HONOURED;
        } else if (Set.of(Sign.AS_OWED).containsAll(met) && unmet.equals(Set.of(Sign.DONE))) {
            state = State.IGNORED;
        } else if (Set.of(Sign.DENIED).containsAll(met) && unmet.equals(Set.of(Sign.DENIED))) {
            state = State.REFUSED;
        } else {
            state = State.PARTIAL;
        }
        return new Discovery(probe, state, state == State.HONOURED ? "" : answers(verdict, state), verdict);
    }

    private static Sign sign(boolean met, ExampleVerdict example, Witness witness) {
        if (witness.faults().isEmpty()) {
            return Sign.AS_OWED;
        }
        RawAnswer answer = witness.exchange().answer();
        int status = Repetition.status(example.example().when(), answer);
        if (status == 412 || status == 304) {
            return met ? Sign.TURNED_AWAY : Sign.ODD;
        }
        // A 200 may have the refusal of one key of many in it.
        if (status >= 400 || XmlBody.of(answer.body()).text("//Error/Code").isPresent()) {
            return Sign.DENIED;
        }
        return met ? Sign.ODD : Sign.DONE;
    }

    /** One line of status and code for a server that refuses; for the others what each example was answered. */
    private static String answers(RuleVerdict verdict, State state) {
        if (state == State.REFUSED) {
            Set<String> answers = new LinkedHashSet<>();
            verdict.examples().forEach(example -> example.witnesses().forEach(witness -> answers.add(shown(witness))));
            return String.join(" or ", answers);
        }
        return verdict.examples().stream()
                .map(example -> example.example().name() + ": "
                        + example.witnesses().stream()
                                .map(Discovery::shown)
                                .distinct()
                                .collect(Collectors.joining(" or ")))
                .collect(Collectors.joining("; "));
    }

    private static String shown(Witness witness) {
        RawAnswer answer = witness.exchange().answer();
        return answer.status()
                + XmlBody.of(answer.body())
                        .text("//Error/Code")
                        .map(code -> " " + code)
                        .orElse("");
    }

    /** Its word in a table: with the status where the server refuses. */
    String cell() {
        return state == State.REFUSED ? state.word() + " " + sentence.split(" ", 2)[0] : state.word();
    }

    /** What was claimed and is not so, or is so and was not claimed; empty when claim and conduct agree or one is not known. */
    public Optional<Discrepancy> against(Set<Capability> claims) {
        if (state == State.UNDECIDED) {
            return Optional.empty();
        }
        return probe.capability()
                .filter(capability -> claims.contains(capability) != (state == State.HONOURED))
                .map(capability -> new Discrepancy(claims.contains(capability), this));
    }

    /**
     * A claim that does not agree with what the server does.
     *
     * @param claimed whether it was claimed, and is not kept; else it is there, and was not claimed
     * @param discovery what the server does
     */
    public record Discrepancy(boolean claimed, Discovery discovery) {}
}
