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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random histories with everything a history can hold, whether or not a server could have produced it. */
final class Histories {
    private final Random random;
    private final int hosts;
    private long clock;

    private Histories(Random random) {
        this.random = random;
        this.hosts = 1 + random.nextInt(3);
        this.clock = random.nextInt(5) == 0 ? -random.nextInt(1_000_000) : random.nextLong() >>> 2;
    }

    /** A history that the seed alone decides. */
    static History random(long seed) {
        return new Histories(new Random(seed)).history();
    }

    private History history() {
        List<Operation> operations = new ArrayList<>();
        int count = random.nextInt(60);
        for (int i = 0; i < count; i++) {
            operations.add(operation(i));
        }
        History.Clocks clocks = hosts == 1 && random.nextBoolean()
                ? History.Clocks.ONE
                : new History.Clocks(
                        List.of("a", "b \"quoted\"", "c\u00fc").subList(0, hosts),
                        random.nextInt(1_000_000),
                        random.nextBoolean());
        return new History(
                random.nextInt(8) == 0
                        ? new History.Origin(0, "", "", "", "", "", 0)
                        : new History.Origin(
                                random.nextLong(), text(), text(), text(), text(), text(), random.nextLong()),
                operations,
                random.nextInt(4) == 0 ? List.of(text(), "position=1") : List.of(),
                clocks);
    }

    private Operation operation(int index) {
        // Ties happen: a clock has a resolution.
        clock += random.nextInt(3) * 100L;
        Method method = any(Method.values());
        long id = ((long) random.nextInt(Integer.MAX_VALUE) << 32) | index;
        Invocation invocation = new Invocation(
                id,
                small(),
                small() - 1,
                small(),
                small(),
                method,
                precondition(),
                method.reads() ? null : new Version(small(), 1 + small()),
                small(),
                random.nextInt(hosts),
                clock);
        return new Operation(invocation, random.nextInt(8) == 0 ? null : completion(id));
    }

    private Completion completion(long id) {
        Outcome outcome = switch (random.nextInt(3)) {
            case 0 -> Outcome.APPLIED;
            case 1 -> Outcome.REFUSED;
            default -> Outcome.unknown(any(Outcome.Cause.values()));
        };
        Observation observation = switch (random.nextInt(4)) {
            case 0 -> Observation.NOTHING;
            case 1 -> Observation.ABSENT;
            case 2 -> new Observation.Seen(version(), version(), small());
            default ->
                random.nextBoolean()
                        ? new Observation.Torn(any(Observation.Flaw.values()))
                        : new Observation.Torn(any(Observation.Flaw.values()), small(), random.nextLong());
        };
        long released = random.nextBoolean() ? 0 : clock + 1;
        int status = outcome == Outcome.APPLIED
                ? 200 + random.nextInt(100)
                : outcome == Outcome.REFUSED ? 300 + random.nextInt(200) : random.nextInt(1000);
        return new Completion(id, status, outcome, tag(), observation, released, clock + small());
    }

    private Precondition precondition() {
        return switch (random.nextInt(4)) {
            case 0 -> Precondition.NONE;
            case 1 -> Precondition.CREATE;
            default -> new Precondition(any(Precondition.Kind.values()), tag(), version());
        };
    }

    private Version version() {
        return switch (random.nextInt(6)) {
            case 0 -> Version.ABSENT;
            case 1 -> Version.FOREIGN;
            case 2 -> new Version(random.nextInt(), random.nextInt());
            default -> new Version(small(), 1 + small());
        };
    }

    /** Mostly small, at times as large as it can be. */
    private int small() {
        return random.nextInt(20) == 0 ? Integer.MAX_VALUE - 1 : random.nextInt(50);
    }

    private @Nullable EntityTag tag() {
        if (random.nextInt(3) == 0) {
            return null;
        }
        String value = random.nextInt(40) == 0 ? "x".repeat(EntityTag.LENGTH_MAX) : text();
        return new EntityTag(value.isEmpty() ? "\"\"" : value);
    }

    /** Quotes, controls, bytes above ASCII, and half of a surrogate pair. */
    private String text() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(12);
        for (int i = 0; i < length; i++) {
            text.append(
                    switch (random.nextInt(6)) {
                        case 0 -> '"';
                        case 1 -> (char) random.nextInt(0x20);
                        case 2 -> (char) (0x80 + random.nextInt(0x80));
                        case 3 -> random.nextBoolean() ? '\\' : '\u2028';
                        case 4 -> (char) (0xD800 + random.nextInt(0x800));
                        default -> (char) ('a' + random.nextInt(26));
                    });
        }
        return text.toString();
    }

    private <E> E any(E[] all) {
        return all[random.nextInt(all.length)];
    }
}
