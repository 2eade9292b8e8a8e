package dev.etalon.core.plan;

import dev.etalon.core.model.Grade;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Aligned races between the operations by which Amazon S3 lets an object be written and deleted. They may run through
 * different code of a server, but they meet on one object, and of those that hold its tag one may get through.
 *
 * <p>FORBIDDEN is only what no order of the racers explains, whatever became of those that were told nothing: the judge
 * must find the same. No tag comes back in a round, since no two bodies are equal.
 */
public abstract class OperationRace extends ProtocolRace {
    /** Besides refusals, what says nothing: an error in a 200, and the 400 or 409 of an upload that was overtaken, among them. */
    private static final String ANY = "(, others( 200| 400| 404| 405| 409| 412| 423| 429| 5\\d\\d| none)+)?";

    private static final Expectation NOTHING_DEFINITE = new Expectation(
            "\\w+: [012+]+ won" + ANY + "(; \\w+: [012+]+ won" + ANY + ")*",
            Grade.ACCEPTABLE_INTERESTING,
            "some racers were told nothing definite (A16): what became of them, only a read can say");

    private static final List<Expectation> ONE_WRITER = Stream.concat(
                    PutRace.EXPECTATIONS.stream(), Stream.of(NOTHING_DEFINITE))
            .toList();

    private static final List<Expectation> AGAINST_DELETE = List.of(
            new Expectation(
                    "fresh: 2\\+ won.*",
                    Grade.FORBIDDEN,
                    "several writers that held the same state were told that they replaced it"),
            new Expectation(
                    "(fresh: .*; )?create: 2\\+ won.*",
                    Grade.FORBIDDEN,
                    "several creates of one name got through, and no second delete fits between them"),
            new Expectation(
                    "fresh: 1 won.*; (create: 1|delete: (1|2\\+)) won.*",
                    Grade.FORBIDDEN,
                    "a writer replaced the state, and yet somebody deleted it, or created upon nothing"),
            new Expectation(
                    "fresh: 1 won.*; delete: 0 won, others 404( 412)?",
                    Grade.FORBIDDEN,
                    "a deleter was told that nothing is there, though nobody had deleted"),
            new Expectation(
                    "(fresh: .*; )?create: 1 won.*; delete: 0 won, others( 404| 412)+",
                    Grade.FORBIDDEN,
                    "a create got through upon a resource that nobody had deleted"),
            new Expectation(
                    "(fresh: 0 won, others 412; )?(create: 0 won.*; )?delete: 0 won, others( 404| 412)+",
                    Grade.FORBIDDEN,
                    "everybody was refused, though some met the condition"),
            new Expectation(
                    "fresh: 1 won(, others 412)?; (create: 0 won, others 412; )?delete: 0 won, others 412",
                    Grade.ACCEPTABLE,
                    "one writer got through, everybody else was told 412"),
            new Expectation(
                    "(fresh: 0 won, others( 404| 412)+; )?(create: [01] won(, others 412)?; )?delete: 1 won" + REFUSED,
                    Grade.ACCEPTABLE,
                    "one deleter got through, and after him at most one create"),
            new Expectation(
                    "(fresh: 0 won, others( 404| 412)+; )?(create: [01] won(, others 412)?; )?delete: 2\\+ won"
                            + REFUSED,
                    Grade.ACCEPTABLE_INTERESTING,
                    "several deleters were told that it is gone, as RFC 9110 §13.1.1 lets a server say of a change that has"
                            + " been made already"),
            NOTHING_DEFINITE);

    private final Form form;

    protected OperationRace(Form form) {
        super(Protocol.S3, form.id, form.promise, form.capabilities, form.expectations);
        this.form = form;
    }

    /** Who races with whom: at least one of each of two kinds. */
    public enum Form {
        /** Uploads are completed over an object, and PUT replaces it, all with the current tag. */
        COMPLETE(
                "complete",
                "of writers by CompleteMultipartUpload and PUT that hold the same current tag exactly one gets through",
                ONE_WRITER,
                List.of(Intent.COMPLETE_FRESH),
                List.of(Intent.FRESH),
                Capability.COMPLETE_IF_MATCH,
                Capability.PUT_IF_MATCH),
        /** Uploads are completed, and PUT creates, upon nothing. */
        COMPLETE_CREATE(
                "complete-create",
                "of clients that create one object by CompleteMultipartUpload and PUT exactly one gets through",
                ONE_WRITER,
                List.of(Intent.COMPLETE_CREATE),
                List.of(Intent.CREATE),
                Capability.COMPLETE_IF_NONE_MATCH,
                Capability.PUT_IF_NONE_MATCH),
        /** Uploads are completed, with the current tag or to create, and PUT does either, while others delete. */
        COMPLETE_AGAINST_DELETE(
                "complete-against-delete",
                "of writers and deleters that hold the same current tag one gets through, and a create only after a delete",
                AGAINST_DELETE,
                List.of(Intent.COMPLETE_FRESH, Intent.FRESH, Intent.COMPLETE_CREATE, Intent.CREATE),
                List.of(Intent.DELETE_FRESH),
                Capability.COMPLETE_IF_MATCH,
                Capability.COMPLETE_IF_NONE_MATCH,
                Capability.DELETE_IF_MATCH,
                Capability.PUT_IF_MATCH,
                Capability.PUT_IF_NONE_MATCH),
        /** DeleteObjects, while others write, all with the current tag. */
        DELETE_OBJECTS(
                "delete-objects",
                "of writers and users of DeleteObjects that hold the same current tag one writer gets through, or deleters",
                AGAINST_DELETE,
                List.of(Intent.FRESH),
                List.of(Intent.DELETE_OBJECTS_FRESH),
                Capability.DELETE_OBJECTS_ETAG,
                Capability.PUT_IF_MATCH),
        /** Copies over an object, while others write, all with its current tag. */
        COPY(
                "copy",
                "of writers by CopyObject, PUT and CompleteMultipartUpload with the same current tag exactly one gets"
                        + " through",
                ONE_WRITER,
                List.of(Intent.COPY_FRESH),
                List.of(Intent.FRESH, Intent.COMPLETE_FRESH),
                Capability.COPY_IF_MATCH,
                Capability.PUT_IF_MATCH,
                Capability.COMPLETE_IF_MATCH),
        /** Copies to a free name, while others create it. */
        COPY_CREATE(
                "copy-create",
                "of clients that create one object by CopyObject, PUT and CompleteMultipartUpload exactly one gets through",
                ONE_WRITER,
                List.of(Intent.COPY_CREATE),
                List.of(Intent.CREATE, Intent.COMPLETE_CREATE),
                Capability.COPY_IF_NONE_MATCH,
                Capability.PUT_IF_NONE_MATCH,
                Capability.COMPLETE_IF_NONE_MATCH),
        /** Everything that writes with a condition, while both that delete with one do. */
        EVERY_OPERATION(
                "every-operation",
                "whichever operation they use, of those that hold the current tag one gets through, and a create only after"
                        + " a delete",
                AGAINST_DELETE,
                List.of(
                        Intent.FRESH,
                        Intent.COPY_FRESH,
                        Intent.COMPLETE_FRESH,
                        Intent.CREATE,
                        Intent.COPY_CREATE,
                        Intent.COMPLETE_CREATE),
                List.of(Intent.DELETE_FRESH, Intent.DELETE_OBJECTS_FRESH),
                Capability.values());

        private final String id;
        private final String promise;
        private final List<Expectation> expectations;
        private final List<Intent> one;
        private final List<Intent> other;
        private final List<Capability> capabilities;

        Form(
                String id,
                String promise,
                List<Expectation> expectations,
                List<Intent> one,
                List<Intent> other,
                Capability... capabilities) {
            this.id = id;
            this.promise = promise;
            this.expectations = expectations;
            this.one = one;
            this.other = other;
            this.capabilities = List.of(capabilities);
        }

        /** One of each kind, and the rest of either, in random places. */
        private List<Intent> intents(int racers, SplittableRandom random) {
            List<Intent> either = Stream.concat(one.stream(), other.stream()).toList();
            List<Intent> intents = new ArrayList<>(List.of(any(one, random), any(other, random)));
            while (intents.size() < racers) {
                intents.add(any(either, random));
            }
            Collections.shuffle(intents, new Random(random.nextLong()));
            return intents;
        }

        private static Intent any(List<Intent> intents, SplittableRandom random) {
            return intents.get(random.nextInt(intents.size()));
        }
    }

    @Override
    public final Workload workload(long seed, Budget budget) {
        return Rotation.rounds(seed, budget, form::intents);
    }
}
