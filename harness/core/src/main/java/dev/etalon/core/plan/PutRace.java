package dev.etalon.core.plan;

import dev.etalon.core.model.Grade;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/**
 * The races that need nothing but PUT and GET, and so are the same over every protocol. A scenario module names those it
 * offers, one class each.
 */
public abstract class PutRace extends ProtocolRace {
    private static final int COUNTER_CLIENTS = 8;
    private static final int COUNTER_BODY_BYTES = 512;

    /** A client of a fair server wins about every eighth attempt; this leaves an order of magnitude. */
    private static final int ATTEMPTS_PER_INCREMENT = 100;

    private static final String CLEAR = "(, others( 404| 409| 412)+)?";
    private static final String ANY = "(, others( 404| 409| 412| 429| 5\\d\\d| none)+)?";

    /** What may become of a volley, whatever the racers hold. */
    static final List<Expectation> EXPECTATIONS = List.of(
            new Expectation(
                    "(fresh|create): 1 won(, others 412)?(; stale: 0 won, others 412)?",
                    Grade.ACCEPTABLE,
                    "one writer got through, everybody else was told 412"),
            new Expectation(
                    ".*(fresh|create): 2\\+ won.*",
                    Grade.FORBIDDEN,
                    "several writers that held the same state were told that they replaced it"),
            new Expectation(
                    ".*stale: (1|2\\+) won.*", Grade.FORBIDDEN, "a writer that held a superseded tag got through"),
            new Expectation(
                    "(fresh|create): 0 won, others 412(; stale: 0 won, others 412)?",
                    Grade.FORBIDDEN,
                    "everybody was refused, though some met the condition"),
            new Expectation(
                    "(fresh|create): 1 won" + CLEAR + "(; stale: 0 won" + CLEAR + ")?",
                    Grade.ACCEPTABLE_INTERESTING,
                    "one writer got through; some losers were answered otherwise than with 412"),
            new Expectation(
                    "(fresh|create): [01] won" + ANY + "(; stale: 0 won" + ANY + ")?",
                    Grade.ACCEPTABLE_INTERESTING,
                    "some writers were told nothing definite (A16): whether they lost, only a read can say"));

    private final Form form;

    protected PutRace(Protocol protocol, Form form) {
        super(protocol, form.id, form.promise, List.of(form.needs), form == Form.COUNTER ? List.of() : EXPECTATIONS);
        this.form = form;
    }

    /** What the racers hold. */
    public enum Form {
        /** Everybody holds the current tag. */
        SAME_VALIDATOR(
                "same-validator",
                "of k writers that hold the same current tag exactly one gets through, and the others are told 412",
                Capability.PUT_IF_MATCH),
        /** Some hold the current tag, the others one that has been superseded. */
        STALE_FRESH_MIX(
                "stale-fresh-mix",
                "no writer with a superseded tag ever gets through, and exactly one with the current tag does",
                Capability.PUT_IF_MATCH),
        /** Everybody creates. */
        CREATE_RACE(
                "create-race",
                "of k writers that create one resource with If-None-Match: * exactly one gets through",
                Capability.PUT_IF_NONE_MATCH),
        /** Closed-loop read-modify-write without alignment. */
        COUNTER(
                "counter",
                "a counter incremented by read-modify-write ends at exactly the number of acknowledged increments",
                Capability.PUT_IF_MATCH);

        private final String id;
        private final String promise;
        private final Capability needs;

        Form(String id, String promise, Capability needs) {
            this.id = id;
            this.promise = promise;
            this.needs = needs;
        }
    }

    @Override
    public final Workload workload(long seed, Budget budget) {
        return switch (form) {
            case SAME_VALIDATOR -> rounds(seed, budget, (k, random) -> Collections.nCopies(k, Intent.FRESH));
            case STALE_FRESH_MIX -> rounds(seed, budget, (k, random) -> two(k, random, Intent.FRESH, Intent.STALE));
            case CREATE_RACE -> rounds(seed, budget, (k, random) -> Collections.nCopies(k, Intent.CREATE));
            case COUNTER ->
                new Workload.Counter(
                        0,
                        COUNTER_CLIENTS,
                        budget.increments(),
                        budget.increments() * ATTEMPTS_PER_INCREMENT,
                        COUNTER_BODY_BYTES);
        };
    }

    private static Workload rounds(
            long seed, Budget budget, BiFunction<Integer, SplittableRandom, List<Intent>> intents) {
        return Rotation.rounds(seed, budget, intents);
    }
}
