package dev.etalon.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The deciders against histories of a faithful register that are too large for brute force, or recorded by several
 * clocks: whatever they say against one is a false alarm. And against the same with one fault.
 */
class DecidersSoundnessTest {
    private static final int HISTORIES = 5_000;
    private static final int LARGE_HISTORIES = 40;

    private static final RandomHistories.Size SMALL = new RandomHistories.Size(2, 5, 4, 12, true, 0);
    private static final RandomHistories.Size ROUNDS = new RandomHistories.Size(2, 5, 6, 16, true, 4);
    private static final RandomHistories.Size LARGE = new RandomHistories.Size(16, 64, 200, 2_000, true, 0);

    @ParameterizedTest
    @EnumSource
    void aFaithfulRegisterOnSeveralClocksIsNeverAccused(Profile profile) {
        for (int seed = 0; seed < HISTORIES; seed++) {
            notAccusedOnSeveralClocks(new RandomHistories(profile, SMALL).live(seed), seed, false);
        }
    }

    @ParameterizedTest
    @EnumSource
    void norWhereBarriersKeepTheRoundsApart(Profile profile) {
        for (int seed = 0; seed < HISTORIES; seed++) {
            notAccusedOnSeveralClocks(new RandomHistories(profile, ROUNDS).live(seed), seed, true);
        }
    }

    private static void notAccusedOnSeveralClocks(RandomHistories history, int seed, boolean barriers) {
        Trace trace = onSeveralClocks(history, seed, barriers);
        assertThat(accusation(trace)).as(() -> described(history, seed, trace)).isNull();
    }

    /** The clocks of up to three hosts, within some bound of each other, wherever the true time lies. */
    private static Trace onSeveralClocks(RandomHistories history, int seed, boolean barriers) {
        SplittableRandom random = new SplittableRandom(~seed);
        int bound = random.nextInt(30);
        int slowest = random.nextInt(2 * bound + 1) - bound;
        long[] offsets = new long[2 + random.nextInt(2)];
        for (int host = 0; host < offsets.length; host++) {
            offsets[host] = (long) slowest + random.nextInt(bound + 1);
        }
        List<Operation> operations = history.operations(offsets);
        History.Clocks clocks = new History.Clocks(Collections.nCopies(offsets.length, "host"), bound, barriers);
        return Trace.of(operations, Timeline.of(operations, clocks));
    }

    /** However far the clocks may be apart: what a barrier separates is in order. */
    @ParameterizedTest
    @EnumSource
    void aStaleReadOfALaterRoundIsFound(Profile profile) {
        int faults = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            RandomHistories history = new RandomHistories(profile, ROUNDS).live(seed);
            if (readsWhatAnEarlierRoundReplaced(history.rows())) {
                faults++;
                Trace trace = onSeveralClocks(history, seed, true);
                int number = seed;
                assertThat(accusation(trace))
                        .as(() -> described(history, number, trace))
                        .isNotNull();
            }
        }
        assertThat(faults).isGreaterThan(HISTORIES / 20);
    }

    private static boolean readsWhatAnEarlierRoundReplaced(List<RandomHistories.Row> rows) {
        for (RandomHistories.Row read : rows) {
            for (RandomHistories.Row write : rows) {
                if (read.kind == 'R'
                        && read.outcome == 'o'
                        && write.kind == 'W'
                        && write.outcome == 'o'
                        && write.round < read.round) {
                    read.version = write.parent;
                    return true;
                }
            }
        }
        return false;
    }

    @ParameterizedTest
    @EnumSource
    void aFaithfulRegisterUnderManyClientsIsNeverAccused(Profile profile) {
        RandomHistories histories = new RandomHistories(profile, LARGE);
        for (int seed = 0; seed < LARGE_HISTORIES; seed++) {
            Trace trace = Trace.of(histories.live(seed).operations());
            assertThat(accusation(trace))
                    .as("seed %d of %d operations", seed, trace.size())
                    .isNull();
        }
    }

    @Test
    void aStaleReadIsReportedAsItself() {
        RandomHistories histories = new RandomHistories(Profile.STRICT, LARGE);
        int faults = 0;
        for (int seed = 0; seed < LARGE_HISTORIES; seed++) {
            List<RandomHistories.Row> rows = histories.live(seed).rows();
            Optional<RandomHistories.Row> stale = rows.stream()
                    .skip(rows.size() / 2)
                    .filter(row -> row.kind == 'R' && row.outcome == 'o')
                    .filter(row -> acknowledged(rows, row.version, row.start))
                    .findFirst();
            if (stale.isPresent()) {
                faults++;
                int shown = stale.get().version;
                stale.get().version =
                        rows.stream().filter(row -> row.id == shown).findFirst().orElseThrow().parent;
                reportedAs(stale.get().id, Trace.of(histories.operations()), seed);
            }
        }
        assertThat(faults).isGreaterThan(LARGE_HISTORIES / 2);
    }

    @Test
    void aLostUpdateIsReportedAsItself() {
        RandomHistories histories = new RandomHistories(Profile.STRICT, LARGE);
        int faults = 0;
        for (int seed = 0; seed < LARGE_HISTORIES; seed++) {
            List<RandomHistories.Row> rows = histories.live(seed).rows();
            // Where nobody has seen the other successor yet, it is the other one that shows the fork.
            Optional<RandomHistories.Row> lost = rows.stream()
                    .skip(rows.size() / 2)
                    .filter(row -> row.outcome == 'f')
                    .filter(row -> rows.stream()
                            .anyMatch(winner -> winner.kind == row.kind
                                    && winner.outcome == 'o'
                                    && winner.parent == row.parent
                                    && winner.end < row.end))
                    .findFirst();
            if (lost.isPresent()) {
                faults++;
                lost.get().outcome = 'o';
                reportedAs(lost.get().id, Trace.of(histories.operations()), seed);
            }
        }
        assertThat(faults).isGreaterThan(LARGE_HISTORIES / 2);
    }

    /** The window of versions has to grow for a slow request, and to move on without one. */
    @Test
    void aSlowReadMayShowAnyVersionOfItsTimeAndNoOther() {
        int writes = 70;
        for (int before = 0; before < writes; before += 23) {
            for (int depth = 0; depth <= writes; depth++) {
                assertThat(slowRead(before, writes, depth, depth) == null)
                        .as("read from %d on, of %d", before, depth)
                        .isEqualTo(depth >= before);
                assertThat(slowRead(before, writes, -depth - 1, depth))
                        .as("read from %d on, of the refused rival at %d", before, depth)
                        .isNotNull();
            }
        }
    }

    /** A read that begins after some of the writes and ends after all of them; rivals are numbered below zero. */
    private static Watermark.@Nullable Violation slowRead(int before, int writes, int version, int depth) {
        Watermark watermark = new Watermark();
        Watermark.Flight read = before == 0 ? watermark.read(0) : null;
        for (int d = 1; d <= writes; d++) {
            Watermark.Flight winner = watermark.write(d, d, d - 1, d);
            Watermark.Flight loser = watermark.write(writes + d, -d - 1, d - 1, d);
            watermark.applied(winner);
            watermark.refused(loser);
            if (d == before) {
                read = watermark.read(0);
            }
        }
        assertThat(watermark.violation()).isNull();
        watermark.showed(Objects.requireNonNull(read), version, depth);
        return watermark.violation();
    }

    private static boolean acknowledged(List<RandomHistories.Row> rows, int version, long before) {
        return rows.stream()
                .anyMatch(row -> row.id == version && row.kind == 'W' && row.outcome == 'o' && row.end < before);
    }

    private static void reportedAs(int id, Trace trace, int seed) {
        Watermark.Violation contradiction = Chain.decide(trace, Lineage.of(trace));
        assertThat(contradiction).as("seed %d", seed).isNotNull();
        assertThat(trace.operation((int) contradiction.operation()).invocation().id())
                .as("seed %d: %s", seed, contradiction)
                .isEqualTo(id);
        assertThat(Search.decide(trace, Search.BRANCHES_MAX))
                .as("seed %d", seed)
                .isEqualTo(Search.Answer.VIOLATION);
    }

    private static String described(RandomHistories history, int seed, Trace trace) {
        return "seed " + seed + "\n" + history.table()
                + IntStream.range(0, trace.size())
                        .mapToObj(i -> trace.start(i) + " .. " + trace.end(i) + ": " + trace.operation(i))
                        .collect(Collectors.joining("\n"));
    }

    /** What any decider has to say against a history. */
    private static @Nullable String accusation(Trace trace) {
        Search.Answer searched = Search.decide(trace, Search.BRANCHES_MAX);
        if (searched != Search.Answer.LINEARIZABLE) {
            return "Search: " + searched;
        }
        Lineage lineage = Lineage.of(trace);
        Profile profile = Profile.of(trace);
        if (profile == Profile.LIFECYCLE || profile == Profile.MIXED) {
            Contradiction contradiction = Lives.contradiction(trace, lineage);
            return contradiction == null ? null : "Lives: " + contradiction;
        }
        if (profile == Profile.STRICT) {
            Watermark.Violation contradiction = Chain.decide(trace, lineage);
            return contradiction == null ? null : "Chain: " + contradiction;
        }
        return null;
    }
}
