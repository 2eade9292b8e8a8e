package dev.etalon.core.conformance;

import dev.etalon.core.conformance.RuleVerdict.ExampleVerdict;
import dev.etalon.core.conformance.RuleVerdict.Status;
import dev.etalon.core.conformance.RuleVerdict.Witness;
import dev.etalon.core.rule.Example;
import dev.etalon.core.rule.Feature;
import dev.etalon.core.rule.Level;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.RawClient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Puts rules to one target, each example many times, on names never used before. Not thread-safe. */
public final class RuleRun {
    /** Enough for an answer that changes in one of a hundred to show on most rules it touches. */
    public static final int REPETITIONS = 100;

    /** Who did not answer that often in a row will not answer the next time either. */
    private static final int UNKNOWN_IN_A_ROW_MAX = 3;

    private final RawClient client;
    private final Dialect dialect;
    private final int repetitions;
    private final String run;
    private final BooleanSupplier stop;
    private final Map<Feature, Probe> features = new HashMap<>();
    private long serial;

    /** What came of asking for a feature. */
    private record Probe(Status status, String sentence) {}

    /**
     * Makes a run.
     *
     * @param client reaches the target
     * @param dialect the statuses it is held to
     * @param repetitions of each example, 1 or more
     * @param run tells the resources of this run from those of others; lower-case letters and digits
     * @param stop asked before every repetition; what has not run when it says so is undecided
     */
    public RuleRun(RawClient client, Dialect dialect, int repetitions, String run, BooleanSupplier stop) {
        if (repetitions < 1) {
            throw new IllegalArgumentException(
                    "a rule is put to a server at least once: repetitions=" + repetitions + "; give 1 or more");
        }
        this.client = client;
        this.dialect = dialect;
        this.repetitions = repetitions;
        this.run = run;
        this.stop = stop;
    }

    /** Puts one rule to the target. Never throws for what the network or the server does. */
    public RuleVerdict run(Rule rule) {
        if (!rule.appliesTo(dialect.name())) {
            return RuleVerdict.without(
                    rule,
                    Status.NOT_APPLICABLE,
                    "it speaks of " + String.join(", ", rule.dialects()) + ", and the target answers as "
                            + dialect.name());
        }
        for (Feature feature : rule.needs()) {
            Probe probe = features.computeIfAbsent(feature, this::probe);
            if (probe.status() != Status.PASS) {
                return RuleVerdict.without(
                        rule, probe.status(), "the server has no " + feature.name() + ": " + probe.sentence());
            }
        }
        List<ExampleVerdict> verdicts = new ArrayList<>();
        for (Example example : rule.examples()) {
            verdicts.add(example(rule, example));
        }
        return RuleVerdict.of(rule, verdicts);
    }

    private Probe probe(Feature feature) {
        Repetition.Result result =
                new Repetition(client, dialect.name(), names("feature", "{bucket}/{key}")).probe(feature.probe());
        if (result instanceof Repetition.Unknown unknown) {
            // An answer that is wrong says no; silence says nothing.
            return new Probe(unknown.silent() ? Status.UNDECIDED : Status.NOT_SUPPORTED, unknown.sentence());
        }
        return result instanceof Repetition.Lacking lacking
                ? new Probe(Status.NOT_SUPPORTED, lacking.sentence())
                : new Probe(Status.PASS, "");
    }

    private Names names(String id, String subject) {
        Names names = new Names(client.places());
        names.put("subject", subject);
        names.put("key", "etalon-" + run + "-" + id.toLowerCase(Locale.ROOT) + "-" + serial++);
        return names;
    }

    private ExampleVerdict example(Rule rule, Example example) {
        int planned = Math.min(repetitions, rule.repetitionsMax());
        Map<String, Integer> counts = new LinkedHashMap<>();
        Map<String, Witness> witnesses = new LinkedHashMap<>();
        Optional<String> lacking = Optional.empty();
        Optional<String> notOffered = Optional.empty();
        Optional<String> unknown = Optional.empty();
        int unknownInARow = 0;
        for (int i = 0; i < planned && unknownInARow < UNKNOWN_IN_A_ROW_MAX; i++) {
            if (stop.getAsBoolean()) {
                unknown = unknown.or(() -> Optional.of("the run was stopped"));
                break;
            }
            Repetition repetition = new Repetition(client, dialect.name(), names(rule.id(), rule.subject()));
            Repetition.Result result = repetition.run(example);
            unknownInARow = result instanceof Repetition.Unknown ? unknownInARow + 1 : 0;
            if (result instanceof Repetition.Answered answered) {
                Witness witness = answered.witness();
                counts.merge(witness.answer(), 1, Integer::sum);
                witnesses.putIfAbsent(witness.answer(), witness);
                if (!answered.offered()) {
                    notOffered = Optional.of("it is answered with " + witness.answer());
                }
            } else if (result instanceof Repetition.Lacking none) {
                lacking = Optional.of(none.sentence());
            } else if (unknown.isEmpty()) {
                unknown = Optional.of(((Repetition.Unknown) result).sentence());
            }
        }
        return verdict(rule, example, planned, counts, witnesses, lacking, notOffered, unknown);
    }

    private static ExampleVerdict verdict(
            Rule rule,
            Example example,
            int planned,
            Map<String, Integer> counts,
            Map<String, Witness> witnesses,
            Optional<String> lacking,
            Optional<String> notOffered,
            Optional<String> unknown) {
        Map<String, Integer> distribution = new LinkedHashMap<>();
        List<Witness> inOrder = new ArrayList<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .forEach(entry -> {
                    distribution.put(entry.getKey(), entry.getValue());
                    inOrder.add(witnesses.get(entry.getKey()));
                });
        int answered = counts.values().stream().mapToInt(Integer::intValue).sum();
        Status status;
        String sentence;
        if (inOrder.size() == 1 && notOffered.isPresent()) {
            status = Status.NOT_SUPPORTED;
            sentence = notOffered.get();
        } else if (!inOrder.isEmpty() && rule.level() == Level.HAZARD) {
            status = Status.COUNTED;
            sentence = RuleText.distribution(distribution);
        } else if (!inOrder.isEmpty() && !inOrder.get(0).faults().isEmpty()) {
            status = Status.FAIL;
            sentence = String.join("; ", inOrder.get(0).faults());
        } else if (inOrder.size() > 1) {
            status = Status.FLAPPING;
            sentence = "not the same answer each time: " + RuleText.distribution(distribution);
        } else if (unknown.isPresent()) {
            status = Status.UNDECIDED;
            sentence = unknown.get();
        } else if (lacking.isPresent()) {
            status = Status.NOT_SUPPORTED;
            sentence = lacking.get();
        } else {
            status = Status.PASS;
            sentence = "";
        }
        return new ExampleVerdict(example, status, sentence, planned, answered, distribution, inOrder);
    }
}
