package dev.etalon.core.conformance;

import dev.etalon.core.model.RoundTally;
import dev.etalon.core.rule.Example;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.target.Exchange;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of one rule on one target.
 *
 * @param rule the rule
 * @param status the worst of its examples'
 * @param sentence why, for people; empty for a pass
 * @param examples what came of each example; empty when none was run
 */
public record RuleVerdict(Rule rule, Status status, String sentence, List<ExampleVerdict> examples) {
    public RuleVerdict {
        examples = List.copyOf(examples);
    }

    /** From the best to the worst. */
    public enum Status {
        /** Every repetition was answered as owed, each time the same. */
        PASS,
        /** A limit of the protocol: the answers were counted, and nothing follows from them. */
        COUNTED,
        /** The rule says nothing about this target's dialect. */
        NOT_APPLICABLE,
        /** The server lacks what the rule needs, and says so. */
        NOT_SUPPORTED,
        /** Requests went unanswered, or the state the rule speaks of could not be brought about. Never a fault. */
        UNDECIDED,
        /** Mostly answered as owed, but not the same each time. */
        FLAPPING,
        /** Answered otherwise than owed. */
        FAIL
    }

    /**
     * What came of one example.
     *
     * @param example the example
     * @param status what follows
     * @param sentence why, for people; empty for a pass
     * @param quiet the answers while nothing else was asked of the server by us
     * @param loaded the answers while it was kept busy; empty when that was not done
     * @param witnesses the first repetition of each answer: those of the quiet sample, the most frequent first, then those
     *     that came under load alone
     */
    public record ExampleVerdict(
            Example example,
            Status status,
            String sentence,
            Sample quiet,
            Optional<Sample> loaded,
            List<Witness> witnesses) {
        public ExampleVerdict {
            witnesses = List.copyOf(witnesses);
        }

        /** Whether it was answered, and each time in the same way, quiet and under load. */
        public boolean deterministic() {
            return witnesses.size() == 1;
        }

        /** Whether an answer came under load alone. */
        public boolean onlyUnderLoad(Witness witness) {
            return !quiet.distribution().containsKey(witness.answer());
        }
    }

    /**
     * A series of repetitions of one example.
     *
     * @param planned repetitions planned
     * @param answered repetitions with a whole answer to the request and to the reads after it
     * @param distribution how often each answer came, the most frequent first
     * @param unknown how often nothing followed, by cause
     * @param beside what else was asked of the server meanwhile; empty for a quiet series
     */
    public record Sample(
            int planned,
            int answered,
            Map<String, Integer> distribution,
            Map<String, Integer> unknown,
            Optional<Beside> beside) {
        public Sample {
            // Not Map.copyOf: the order says which answer is the usual one.
            distribution = Collections.unmodifiableMap(new LinkedHashMap<>(distribution));
            unknown = Collections.unmodifiableMap(new LinkedHashMap<>(unknown));
        }

        /** How many repetitions nothing followed from. */
        public int unknowns() {
            return unknown.values().stream().mapToInt(Integer::intValue).sum();
        }

        /** Share of other answers, 0 to 1, that 95 % confidence leaves when all were the same; 1 when there were few. */
        public double bound() {
            return RoundTally.ofNone(answered);
        }
    }

    /**
     * Load beside a series.
     *
     * @param workers most requests in flight at a time
     * @param requests how many were sent
     * @param onSubject how many of them read what the rule speaks of
     * @param unanswered how many were not answered, or with an error of the server
     */
    public record Beside(int workers, int requests, int onSubject, int unanswered) {}

    /**
     * One repetition as it went.
     *
     * @param answer status, error code and faults in short
     * @param faults what was not as owed, one sentence each
     * @param before the requests that brought about the state, and the read before
     * @param exchange the request the rule is about
     * @param after the reads afterwards
     */
    public record Witness(
            String answer, List<String> faults, List<Exchange> before, Exchange exchange, List<Exchange> after) {
        public Witness {
            faults = List.copyOf(faults);
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /** A verdict on a rule that was not put to the target. */
    static RuleVerdict without(Rule rule, Status status, String sentence) {
        return new RuleVerdict(rule, status, sentence, List.of());
    }

    /** A verdict from those of the examples. */
    static RuleVerdict of(Rule rule, List<ExampleVerdict> examples) {
        ExampleVerdict worst = examples.stream()
                .min(Comparator.comparing(ExampleVerdict::status).reversed())
                .orElseThrow(() -> new IllegalArgumentException(
                        "a rule needs an example: rule=" + rule.id() + "; add when(…).then(…)"));
        String name = worst.example().name();
        List<ExampleVerdict> such = examples.stream()
                .filter(example -> example.status() == worst.status())
                .toList();
        long same = such.stream()
                .filter(example -> example.sentence().equals(worst.sentence()))
                .count();
        String sentence = worst.status() == Status.PASS
                ? ""
                : (name.isEmpty() ? "" : name + ": ")
                        + worst.sentence()
                        + (same == 1
                                ? ""
                                : (same == 2 ? "; so is " : "; so are ") + (same - 1) + " more of " + examples.size()
                                        + " examples")
                        + (same == such.size()
                                ? ""
                                : "; " + (such.size() - same) + " more of " + examples.size() + " for other reasons");
        return new RuleVerdict(rule, worst.status(), sentence, examples);
    }

    /** Whether it shows the server to be wrong: a binding rule broken, or a changing answer to any. */
    public boolean broken() {
        return status == Status.FLAPPING
                || (status == Status.FAIL && rule.level().binding());
    }

    /** Whether every example was answered, and each time in the same way, quiet and under load. */
    public boolean deterministic() {
        return !examples.isEmpty() && examples.stream().allMatch(ExampleVerdict::deterministic);
    }

    /** Whether the server does otherwise where it may. */
    public boolean differs() {
        return status == Status.FAIL && !rule.level().binding();
    }
}
