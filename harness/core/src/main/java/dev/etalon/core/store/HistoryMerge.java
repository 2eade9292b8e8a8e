package dev.etalon.core.store;

import dev.etalon.core.model.Completion;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Operation;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes one history of what several machines recorded of one run. Stateless and thread-safe.
 *
 * <p>Monotonic clocks of two machines have nothing to do with each other, so times are moved by the wall-clock time that
 * each history began at. How wrong that may be is the clock bound, which the user states and the judge respects. Every
 * file counts as a machine of its own: taking two clocks for one could accuse a server, the opposite only misses more.
 */
public final class HistoryMerge {
    private HistoryMerge() {}

    /**
     * One of the histories.
     *
     * @param file where it is from, for sentences
     * @param history what is in it
     */
    public record Part(Path file, History history) {}

    /**
     * Merges them.
     *
     * @param parts at least one; the first one's clock becomes everybody's
     * @param boundNs how far the wall clocks of any two machines can be apart, in nanoseconds, 0 and up
     * @throws HistoryFormatException when they are not parts of one run
     */
    public static History merge(List<Part> parts, long boundNs) throws HistoryFormatException {
        Part first = parts.get(0);
        History.Origin origin = first.history().origin();
        List<String> hosts = new ArrayList<>();
        List<String> damage = new ArrayList<>();
        List<Operation> operations = new ArrayList<>();
        LongSet ids = new LongSet();
        long loosest = 0;
        long second = 0;
        boolean barriers = true;
        for (Part part : parts) {
            History history = part.history();
            if (history.origin().run() != origin.run()
                    || !history.origin().keyPrefix().equals(origin.keyPrefix())) {
                throw new HistoryFormatException("histories of different runs: file=" + first.file() + " file="
                        + part.file() + "; judge them one by one, without merging");
            }
            long shiftNs = part == first ? 0 : shiftNs(first, part);
            for (Operation operation : history.operations()) {
                if (!ids.add(operation.invocation().id())) {
                    throw new HistoryFormatException("an operation id is used in two histories: file=" + part.file()
                            + " id=" + operation.invocation().id() + "; give the actors of every machine numbers of"
                            + " their own");
                }
                try {
                    operations.add(moved(operation, hosts.size(), shiftNs));
                } catch (ArithmeticException e) {
                    throw apart(part, e);
                }
            }
            history.damage().forEach(sentence -> damage.add(part.file() + ": " + sentence));
            History.Clocks clocks = history.clocks();
            hosts.addAll(clocks.hosts().isEmpty() ? List.of(history.origin().host()) : clocks.hosts());
            long within = clocks.several() ? clocks.boundNs() : 0;
            second = Math.max(second, Math.min(loosest, within));
            loosest = Math.max(loosest, within);
            barriers &= clocks.barriers();
        }
        operations.sort(Comparator.comparingLong(Operation::startNs));
        // What a part's own hosts are apart comes on top, on either side.
        long bound = sum(boundNs, sum(loosest, second));
        return new History(origin, operations, damage, new History.Clocks(hosts, bound, barriers));
    }

    private static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    /** What to add to a part's times so that they are the first one's. */
    private static long shiftNs(Part first, Part part) throws HistoryFormatException {
        try {
            long wallNs = ChronoUnit.NANOS.between(startedAt(first), startedAt(part));
            return Math.subtractExact(
                    wallNs,
                    Math.subtractExact(
                            part.history().origin().startNs(),
                            first.history().origin().startNs()));
        } catch (ArithmeticException e) {
            throw apart(part, e);
        }
    }

    private static HistoryFormatException apart(Part part, ArithmeticException cause) {
        return new HistoryFormatException(
                "the clocks of two histories are too far apart for one scale of 64 bits: file=" + part.file()
                        + " startedAt=" + part.history().origin().startedAt() + "; write when it began, in UTC",
                cause);
    }

    private static Instant startedAt(Part part) throws HistoryFormatException {
        String text = part.history().origin().startedAt();
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new HistoryFormatException(
                    "a history that does not say when it began cannot be merged: file=" + part.file() + " startedAt="
                            + text + "; write it as ISO-8601 UTC",
                    e);
        }
    }

    private static Operation moved(Operation operation, int firstHost, long shiftNs) {
        Invocation was = operation.invocation();
        Invocation invocation = new Invocation(
                was.id(),
                was.actor(),
                was.round(),
                was.key(),
                was.endpoint(),
                was.method(),
                was.precondition(),
                was.writes(),
                was.depth(),
                firstHost + was.host(),
                Math.addExact(was.atNs(), shiftNs));
        Completion answer = operation.completion();
        if (answer == null) {
            return new Operation(invocation, null);
        }
        return new Operation(
                invocation,
                new Completion(
                        answer.id(),
                        answer.status(),
                        answer.outcome(),
                        answer.tag(),
                        answer.observation(),
                        answer.releasedNs() == 0 ? 0 : Math.addExact(answer.releasedNs(), shiftNs),
                        Math.addExact(answer.atNs(), shiftNs)));
    }
}
