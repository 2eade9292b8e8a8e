package dev.etalon.core.plan;

import dev.etalon.core.model.Grade;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Aligned races of requests of different kinds: writers, deleters, creators, readers. The same over every protocol; a
 * scenario module names those it offers, one class each.
 *
 * <p>FORBIDDEN is only what no order of the racers explains, whatever became of those that were told nothing: the judge
 * must find the same.
 */
public abstract class MixedRace extends ProtocolRace {
    /** Besides refusals, what says nothing; 405 and 423 of servers whose deleters get into each other's way. */
    private static final String ANY = "(, others( 404| 405| 409| 412| 423| 429| 5\\d\\d| none)+)?";

    private static final Expectation NOTHING_DEFINITE = new Expectation(
            "\\w+: [012+]+ won" + ANY + "(; \\w+: [012+]+ won" + ANY
                    + ")*(; read:( 403| 409| 429| 5\\d\\d| none| whole)+)?",
            Grade.ACCEPTABLE_INTERESTING,
            "some racers were told nothing definite (A16): what became of them, only a read can say");

    private static final Expectation TWO_WRITERS = new Expectation(
            "fresh: 2\\+ won.*",
            Grade.FORBIDDEN,
            "several writers that held the same state were told that they replaced it");

    private static final List<Expectation> WRITE_AGAINST_DELETE = List.of(
            TWO_WRITERS,
            new Expectation(
                    "fresh: 1 won.*; delete: (1|2\\+) won.*",
                    Grade.FORBIDDEN,
                    "a writer and a deleter that held the same state were both told that they got through"),
            new Expectation(
                    "fresh: 1 won(, others 412)?; delete: 0 won, others 412",
                    Grade.ACCEPTABLE,
                    "one writer got through, everybody else was told 412"),
            new Expectation(
                    "fresh: 1 won.*; delete: 0 won, others 404( 412)?",
                    Grade.FORBIDDEN,
                    "a deleter was told that nothing is there, though nobody had deleted"),
            new Expectation(
                    "fresh: 0 won, others( 404| 412)+; delete: 1 won" + REFUSED,
                    Grade.ACCEPTABLE,
                    "one deleter got through, everybody else was told that his version or the resource is gone"),
            new Expectation(
                    "fresh: 0 won, others( 404| 412)+; delete: 2\\+ won" + REFUSED,
                    Grade.ACCEPTABLE_INTERESTING,
                    "several deleters were told that it is gone, as RFC 9110 §13.1.1 lets a server say of a change that has"
                            + " been made already"),
            new Expectation(
                    "fresh: 0 won, others 412; delete: 0 won, others( 404| 412)+",
                    Grade.FORBIDDEN,
                    "everybody was refused, though all met the condition"),
            NOTHING_DEFINITE);

    private static final List<Expectation> RECREATE = List.of(
            new Expectation(
                    "create: 2\\+ won.*; delete: .*|create: 2\\+ won.*; remove: 1 won(, others 404)?",
                    Grade.FORBIDDEN,
                    "several creates of one name got through, and no second delete fits between them"),
            new Expectation(
                    "create: (1|2\\+) won.*; delete: 0 won, others( 404| 412)+|create: (1|2\\+) won.*; remove: 0 won, others 404",
                    Grade.FORBIDDEN,
                    "a create got through upon a resource that nobody had deleted"),
            new Expectation(
                    "create: 0 won.*; delete: 0 won, others( 404| 412)+|create: 0 won.*; remove: 0 won, others 404",
                    Grade.FORBIDDEN,
                    "every deleter was refused, though nobody had changed the resource"),
            new Expectation(
                    "create: [01] won(, others 412)?; delete: 1 won" + REFUSED,
                    Grade.ACCEPTABLE,
                    "one deleter got through, and after him at most one create"),
            new Expectation(
                    "create: [01] won(, others 412)?; delete: 2\\+ won" + REFUSED,
                    Grade.ACCEPTABLE_INTERESTING,
                    "at most one create got through; several deleters were told that it is gone, as RFC 9110 §13.1.1 lets a"
                            + " server say of a change that has been made already"),
            new Expectation(
                    "create: [012+]+ won(, others 412)?; remove: (1|2\\+) won(, others 404)?",
                    Grade.ACCEPTABLE,
                    "whoever deletes without a condition is let, and between two of them a create fits"),
            NOTHING_DEFINITE);

    private static final List<Expectation> READ_WHILE_WRITING = List.of(
            TWO_WRITERS,
            new Expectation(".*read:.* torn.*", Grade.FORBIDDEN, "a reader got a body that nobody wrote"),
            new Expectation(
                    ".*read:.* absent.*",
                    Grade.FORBIDDEN,
                    "a reader was told that nothing is there, though the resource was never deleted"),
            new Expectation(
                    "fresh: 0 won, others 412; read:.*",
                    Grade.FORBIDDEN,
                    "every writer was refused, though all met the condition"),
            new Expectation(
                    "fresh: 1 won(, others 412)?; read: whole",
                    Grade.ACCEPTABLE,
                    "one writer got through, everybody else was told 412; readers got whole bodies"),
            new Expectation(
                    "(fresh: [01] won(, others 412)?; )?overwrite: (1|2\\+) won; read: whole",
                    Grade.ACCEPTABLE,
                    "whoever writes without a condition is let, and at most one of the others; readers got whole bodies"),
            NOTHING_DEFINITE);

    private final Form form;

    protected MixedRace(Protocol protocol, Form form) {
        super(protocol, form.id, form.promise, form.capabilities, form.expectations);
        this.form = form;
    }

    /** Who races with whom. */
    public enum Form {
        /** Some write, some delete, all of them with the current tag. */
        WRITE_AGAINST_DELETE(
                "write-against-delete",
                "of writers and deleters that hold the same current tag one writer gets through, or deleters and no writer",
                MixedRace.WRITE_AGAINST_DELETE,
                Capability.DELETE_IF_MATCH,
                Capability.PUT_IF_MATCH),
        /** Some read, the others write, with the current tag or without a condition. */
        READ_WHILE_WRITING(
                "read-while-writing",
                "readers that race with writers get whole bodies, each with its own tag, and none that was replaced before",
                MixedRace.READ_WHILE_WRITING,
                Capability.PUT_IF_MATCH),
        /** Some delete, with the current tag or without a condition, the others create. */
        RECREATE(
                "recreate",
                "of clients that create what others delete, each gets through only upon nothing",
                MixedRace.RECREATE,
                Capability.DELETE_IF_MATCH,
                Capability.PUT_IF_NONE_MATCH);

        private final String id;
        private final String promise;
        private final List<Expectation> expectations;
        private final List<Capability> capabilities;

        Form(String id, String promise, List<Expectation> expectations, Capability... capabilities) {
            this.id = id;
            this.promise = promise;
            this.expectations = expectations;
            this.capabilities = List.of(capabilities);
        }
    }

    @Override
    public final Workload workload(long seed, Budget budget) {
        return Rotation.rounds(
                seed,
                budget,
                switch (form) {
                    case WRITE_AGAINST_DELETE -> (k, random) -> two(k, random, Intent.FRESH, Intent.DELETE_FRESH);
                    case READ_WHILE_WRITING -> MixedRace::readersAndWriters;
                    case RECREATE ->
                        (k, random) -> two(
                                k, random, Intent.CREATE, random.nextBoolean() ? Intent.DELETE_FRESH : Intent.REMOVE);
                });
    }

    /** In half of the rounds some writers send no condition, which keeps several versions coming. */
    private static List<Intent> readersAndWriters(int racers, SplittableRandom random) {
        List<Intent> intents = two(racers, random, Intent.FRESH, Intent.READ);
        if (random.nextBoolean()) {
            intents.replaceAll(intent -> intent == Intent.FRESH && random.nextBoolean() ? Intent.OVERWRITE : intent);
        }
        return intents;
    }
}
