package dev.etalon.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The deciders against histories of a faithful register that are too large for brute force, or recorded by several
 * clocks: whatever they say against one is a false alarm. And against the same with one fault.
 */
class DecidersSoundnessTest {
    private static final int HISTORIES = 20_000;
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
        SplittableRandom random = new SplittableRandom(~seed);
        int bound = random.nextInt(30);
        // All clocks lie within the bound of each other, wherever the true time lies.
        int slowest = random.nextInt(2 * bound + 1) - bound;
        long[] offsets = new long[2 + random.nextInt(2)];
        for (int host = 0; host < offsets.length; host++) {
            offsets[host] = slowest + random.nextInt(bound + 1);
        }
        List<Operation> operations = history.operations(offsets);
        History.Clocks clocks = new History.Clocks(Collections.nCopies(offsets.length, "host"), bound, barriers);
        Trace trace = Trace.of(operations, Timeline.of(operations, clocks));
        assertThat(accusation(trace))
                .as(() -> "seed " + seed + ", bound " + bound + "\n" + history.table() + list(operations))
                .isNull();
    }

    /** What any decider has to say against a history. */
    private static @Nullable String accusation(Trace trace) {
        Search.Answer searched = Search.decide(trace, Search.BRANCHES_MAX);
        if (searched != Search.Answer.LINEARIZABLE) {
            return "Search: " + searched;
        }
        Lineage lineage = Lineage.of(trace);
        if (Profile.of(trace) == Profile.STRICT) {
            Watermark.Violation contradiction = Chain.decide(trace, lineage);
            return contradiction == null ? null : "Chain: " + contradiction;
        }
        return null;
    }

    private static String list(List<Operation> operations) {
        return operations.stream().map(Operation::toString).collect(Collectors.joining("\n"));
    }
}
