package dev.etalon.core.conformance;

import dev.etalon.core.conformance.RuleVerdict.Beside;
import dev.etalon.core.conformance.RuleVerdict.ExampleVerdict;
import dev.etalon.core.conformance.RuleVerdict.Sample;
import dev.etalon.core.conformance.RuleVerdict.Status;
import dev.etalon.core.conformance.RuleVerdict.Witness;
import dev.etalon.core.rule.Example;
import dev.etalon.core.rule.Feature;
import dev.etalon.core.rule.Level;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Send;
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

/**
 * Puts rules to one target, each example many times, on names never used before: while nothing else is asked of the server,
 * and again while it is kept busy with requests that cannot change what is owed. An answer that does not come, or that says
 * the server could not look at the request, is unknown and never a fault; under load every error of the server but 501 is.
 * Not thread-safe.
 */
public final class RuleRun {
    /** Enough for an answer that changes in one of a hundred to show on most rules it touches. */
    public static final int REPETITIONS = 100;

    /** Most workers that a load may have: more would test the client's machine. */
    public static final int LOAD_MAX = 64;

    /** Enough for requests to meet on the server; each more costs half as much time again. */
    public static final int LOAD = 2;

    /** Who did not answer that often in a row will not answer the next time either. */
    private static final int UNKNOWN_IN_A_ROW_MAX = 3;

    /** Under load a server may turn away one request after the other and still be well. */
    private static final int UNKNOWN_IN_A_ROW_MAX_UNDER_LOAD = 10;

    /** What was turned away under load is asked again, up to so many requests for each that was planned. */
    private static final int ATTEMPTS_UNDER_LOAD = 2;

    private final RawClient client;
    private final Dialect dialect;
    private final int repetitions;
    private final int load;
    private final String run;
    private final BooleanSupplier stop;
    private final Map<Feature, Probe> features = new HashMap<>();
    private final Ageing ageing = new Ageing();
    private long serial;

    /** What came of asking for a feature. */
    private record Probe(Status status, String sentence) {}

    /**
     * Makes a run.
     *
     * @param client reaches the target
     * @param dialect the statuses it is held to
     * @param repetitions of each example, 1 or more
     * @param load how many workers keep the server busy while each example is put to it as often again, up to
     *     {@link #LOAD_MAX}; 0 for none
     * @param run tells the resources of this run from those of others; lower-case letters and digits
     * @param stop asked before every repetition; what has not run when it says so is undecided
     */
    public RuleRun(RawClient client, Dialect dialect, int repetitions, int load, String run, BooleanSupplier stop) {
        if (repetitions < 1) {
            throw new IllegalArgumentException(
                    "a rule is put to a server at least once: repetitions=" + repetitions + "; give 1 or more");
        }
        if (load < 0 || load > LOAD_MAX) {
            throw new IllegalArgumentException(
                    "a load has 0.." + LOAD_MAX + " workers: load=" + load + "; 0 is none, the default is " + LOAD);
        }
        this.client = client;
        this.dialect = dialect;
        this.repetitions = repetitions;
        this.load = load;
        this.run = run;
        this.stop = stop;
    }

    /** A run without load. */
    public RuleRun(RawClient client, Dialect dialect, int repetitions, String run, BooleanSupplier stop) {
        this(client, dialect, repetitions, 0, run, stop);
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
                String whether = probe.status() == Status.UNDECIDED
                        ? "whether the server has any " + feature.name() + " is not known"
                        : "the server has no " + feature.name();
                return RuleVerdict.without(rule, probe.status(), whether + ": " + probe.sentence());
            }
        }
        List<ExampleVerdict> verdicts = new ArrayList<>();
        for (Example example : rule.examples()) {
            verdicts.add(example(rule, example));
        }
        return RuleVerdict.of(rule, verdicts);
    }

    private Probe probe(Feature feature) {
        Repetition.Result result = new Repetition(client, dialect.name(), names("feature", "{bucket}/{key}"), false)
                .probe(feature.probe());
        if (result instanceof Repetition.Unknown unknown) {
            // An answer that is wrong says no; silence mostly says nothing.
            boolean no = !unknown.silent() || (feature.silenceIsNo() && unknown.timedOut());
            return new Probe(no ? Status.NOT_SUPPORTED : Status.UNDECIDED, unknown.sentence());
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
        Series quiet = new Series(planned, planned, UNKNOWN_IN_A_ROW_MAX);
        repeat(rule, example, quiet, Optional.empty());
        if (load == 0 || quiet.answered() == 0) {
            return verdict(rule, example, quiet, Optional.empty(), Optional.empty());
        }
        Series loaded = new Series(planned, ATTEMPTS_UNDER_LOAD * planned, UNKNOWN_IN_A_ROW_MAX_UNDER_LOAD);
        Load beside = new Load(client, load, "etalon-" + run);
        try (beside) {
            repeat(rule, example, loaded, Optional.of(beside));
        }
        return verdict(rule, example, quiet, Optional.of(loaded), Optional.of(beside.sent()));
    }

    private void repeat(Rule rule, Example example, Series series, Optional<Load> beside) {
        while (series.goesOn()) {
            if (stop.getAsBoolean()) {
                series.stopped();
                return;
            }
            Repetition.Result result = repetition(rule, beside).run(example);
            client.abortUploads();
            if (!(result instanceof Repetition.Unripe unripe)) {
                series.add(result);
            } else if (ageing.hopeless(unripe)) {
                series.add(new Repetition.Lacking(unripe.sentence()));
            } else {
                together(rule, example, unripe.cause(), series, beside);
                return;
            }
        }
    }

    private Repetition repetition(Rule rule, Optional<Load> beside) {
        Names names = names(rule.id(), rule.subject());
        beside.ifPresent(load -> load.beside(names.path(Send.SUBJECT)));
        return new Repetition(client, dialect.name(), names, beside.isPresent());
    }

    /** What is left of a series, in which everything grows older together. */
    private void together(
            Rule rule, Example example, Repetition.Unripe.Cause cause, Series series, Optional<Load> beside) {
        List<Repetition> repetitions = new ArrayList<>();
        for (int i = 0; i < series.left(); i++) {
            repetitions.add(repetition(rule, beside));
        }
        ageing.together(example, cause, repetitions, stop, series::add);
        client.abortUploads();
        if (stop.getAsBoolean()) {
            series.stopped();
        }
    }

    private static ExampleVerdict verdict(
            Rule rule, Example example, Series quiet, Optional<Series> loaded, Optional<Beside> beside) {
        Map<String, Witness> seen = new LinkedHashMap<>(quiet.witnesses());
        loaded.ifPresent(series -> series.witnesses().forEach(seen::putIfAbsent));
        List<Witness> witnesses = List.copyOf(seen.values());
        Sample atRest = quiet.sample(Optional.empty());
        Optional<Sample> busy = loaded.map(series -> series.sample(beside));
        Optional<String> notOffered = quiet.notOffered.or(() -> loaded.flatMap(series -> series.notOffered));
        Optional<String> unknown = quiet.unknown.or(() -> loaded.filter(Series::unfinished)
                .flatMap(series -> series.unknown)
                .map(sentence -> "under load " + RuleText.counted(busy.orElseThrow()) + ": " + sentence));
        Optional<String> lacking = quiet.lacking.or(() -> loaded.flatMap(series -> series.lacking));
        String changing = "not the same answer each time: " + RuleText.distributions(atRest, busy);
        Status status;
        String sentence;
        if (witnesses.size() == 1 && notOffered.isPresent()) {
            status = Status.NOT_SUPPORTED;
            sentence = notOffered.get();
        } else if (!witnesses.isEmpty() && rule.level() == Level.HAZARD) {
            status = Status.COUNTED;
            sentence = RuleText.distributions(atRest, busy);
        } else if (!witnesses.isEmpty() && !witnesses.get(0).faults().isEmpty()) {
            status = Status.FAIL;
            sentence = String.join("; ", witnesses.get(0).faults()) + (witnesses.size() > 1 ? "; " + changing : "");
        } else if (witnesses.size() > 1) {
            status = Status.FLAPPING;
            sentence = changing;
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
        return new ExampleVerdict(example, status, sentence, atRest, busy, witnesses);
    }

    /** Repetitions of one example, one after the other. */
    private static final class Series {
        private final int planned;
        private final int attemptsMax;
        private final int unknownInARowMax;
        private final Map<String, Integer> counts = new LinkedHashMap<>();
        private final Map<String, Witness> first = new LinkedHashMap<>();
        private final Map<String, Integer> unknowns = new LinkedHashMap<>();
        private Optional<String> lacking = Optional.empty();
        private Optional<String> notOffered = Optional.empty();
        private Optional<String> unknown = Optional.empty();
        private int attempts;
        private int decided;
        private int unknownInARow;
        private boolean stopped;

        Series(int planned, int attemptsMax, int unknownInARowMax) {
            this.planned = planned;
            this.attemptsMax = attemptsMax;
            this.unknownInARowMax = unknownInARowMax;
        }

        boolean goesOn() {
            return decided < planned && attempts < attemptsMax && unknownInARow < unknownInARowMax;
        }

        /** How many repetitions are still to come to something. */
        int left() {
            return planned - decided;
        }

        void stopped() {
            stopped = true;
            unknown = unknown.or(() -> Optional.of("the run was stopped"));
        }

        void add(Repetition.Result result) {
            attempts++;
            if (result instanceof Repetition.Unknown nothing) {
                unknownInARow++;
                unknowns.merge(nothing.cause(), 1, Integer::sum);
                unknown = unknown.or(() -> Optional.of(nothing.sentence()));
                return;
            }
            unknownInARow = 0;
            decided++;
            if (result instanceof Repetition.Answered answered) {
                Witness witness = answered.witness();
                counts.merge(witness.answer(), 1, Integer::sum);
                first.putIfAbsent(witness.answer(), witness);
                if (!answered.offered()) {
                    notOffered = Optional.of("it is answered with " + witness.answer());
                }
            } else if (result instanceof Repetition.Lacking none) {
                lacking = Optional.of(none.sentence());
            }
        }

        int answered() {
            return counts.values().stream().mapToInt(Integer::intValue).sum();
        }

        /** Whether fewer repetitions came to anything than planned. */
        boolean unfinished() {
            return stopped || decided < planned;
        }

        /** The first repetition of each answer, the most frequent first. */
        Map<String, Witness> witnesses() {
            Map<String, Witness> inOrder = new LinkedHashMap<>();
            sample(Optional.empty()).distribution().forEach((answer, times) -> {
                Witness witness = first.get(answer);
                if (witness != null) {
                    inOrder.put(answer, witness);
                }
            });
            return inOrder;
        }

        Sample sample(Optional<Beside> beside) {
            Map<String, Integer> distribution = new LinkedHashMap<>();
            counts.entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                    .forEach(entry -> distribution.put(entry.getKey(), entry.getValue()));
            return new Sample(planned, answered(), distribution, unknowns, beside);
        }
    }
}
