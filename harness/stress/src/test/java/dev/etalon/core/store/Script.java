package dev.etalon.core.store;

import dev.etalon.core.model.Completion;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Operations whose every field follows from their id, so that a history tells by itself whether it is whole. */
final class Script {
    private static final int PLAIN_TAGS = 8;

    private Script() {}

    /** What the how-manieth operation of an actor must read like. */
    static Operation operation(long id, int tagLength) {
        int actor = (int) (id >> 32);
        int number = (int) id;
        Version version = new Version(actor, number);
        Invocation invocation = new Invocation(
                id,
                actor,
                number,
                number * 3,
                number % 2,
                Method.PUT,
                Precondition.ifMatch(tag(number, tagLength), version),
                version,
                number + 1,
                number * 1000L);
        Completion completion = new Completion(
                id,
                200,
                Outcome.APPLIED,
                tag(number + 1, tagLength),
                new Observation.Seen(version, Version.ABSENT, number),
                number * 1000L + 100,
                number * 1000L + 500);
        return new Operation(invocation, completion);
    }

    private static EntityTag tag(int number, int length) {
        return new EntityTag(String.valueOf((char) ('a' + number % PLAIN_TAGS)).repeat(length));
    }

    /** Records the next operation of an actor. */
    static void record(ActorLog log, int tagLength) throws IOException {
        Operation operation = operation(log.nextId(), tagLength);
        log.begin(operation.invocation());
        Completion completion = operation.completion();
        if (completion != null) {
            log.end(completion);
        }
    }

    /** What is wrong with a history as the beginning of what its actors recorded, one clause each; empty when nothing is. */
    static List<String> flaws(History history, int tagLength) {
        List<String> flaws = new ArrayList<>();
        Map<Integer, List<Operation>> byActor = new TreeMap<>();
        history.operations()
                .forEach(op -> byActor.computeIfAbsent(op.invocation().actor(), actor -> new ArrayList<>())
                        .add(op));
        byActor.values().forEach(operations -> {
            for (int i = 0; i < operations.size(); i++) {
                Operation read = operations.get(i);
                Operation written = operation(read.invocation().id(), tagLength);
                if ((int) read.invocation().id() != i + 1) {
                    flaws.add("lost or reordered");
                } else if (!read.invocation().equals(written.invocation())
                        || (read.completion() != null && !read.completion().equals(written.completion()))) {
                    flaws.add("torn");
                } else if (read.completion() == null && i + 1 < operations.size()) {
                    flaws.add("an answer lost");
                }
            }
        });
        // What follows names places.
        history.damage().forEach(damage -> flaws.add(damage.split("[:;]", 2)[0]));
        return flaws;
    }

    /** How many events are in a history. */
    static int events(History history) {
        return history.operations().stream()
                .mapToInt(op -> op.completion() == null ? 1 : 2)
                .sum();
    }
}
