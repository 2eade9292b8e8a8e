package dev.etalon.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.check.Trace.Fate;
import dev.etalon.core.check.Trace.Kind;
import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A version that was met again is found at any size. That nothing else is, is for {@link DecidersAgreeTest}.
 *
 * <p>How long the long histories are is {@code etalon.zones.operations}; the Maven profile {@code crosscheck} sets ten
 * thousand, and then there are three.
 */
class ZonesTest {
    private static final int HISTORIES = 5_000;
    private static final int OPERATIONS = Integer.getInteger("etalon.zones.operations", 2_500);
    private static final int CLIENTS = Math.min(64, OPERATIONS / 150);
    private static final RandomHistories.Size LARGE =
            new RandomHistories.Size(CLIENTS, CLIENTS, OPERATIONS, OPERATIONS, true, 0);
    private static final int LONG_HISTORIES = OPERATIONS < 10_000 ? 1 : 3;
    private static final int LONG_AGO = OPERATIONS / 10;

    private final Story story = new Story();

    private Operation put(int actor, long start, long end) {
        return story.write(actor, Precondition.NONE, Outcome.APPLIED, 200, start, end);
    }

    private @Nullable Contradiction contradiction() {
        return Zones.contradiction(Trace.of(story.operations()), true);
    }

    @Test
    void threeReadsAreEnoughHoweverManyWritesTheyFollow() {
        List<Operation> puts = new ArrayList<>();
        List<Operation> reads = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            puts.add(put(i, 10, 1_000));
            reads.add(story.get(100 + i, puts.get(i - 1), 10, 1_000));
        }
        Operation other = story.get(99, puts.get(0), 2_000, 2_001);
        Operation again = story.get(99, puts.get(1), 2_010, 2_011);
        story.get(99, puts.get(0), 2_020, 2_021);
        assertThat(story.first()).hasValueSatisfying(finding -> {
            assertThat(finding.anomaly()).isEqualTo(Anomaly.NON_MONOTONIC_READS);
            assertThat(finding.witness()).containsExactly(reads.get(1), other, again);
        });
    }

    /** A server that goes on for thousands of requests and then shows once what has long been gone. */
    @Test
    void oneReadOfWhatIsLongGoneIsFoundAmongThousandsOfRequests() {
        RandomHistories histories = new RandomHistories(Profile.LOOSE, LARGE);
        for (long seed = 1; seed <= LONG_HISTORIES; seed++) {
            histories.live(seed);
            List<RandomHistories.Row> reads = histories.rows().stream()
                    .filter(row -> row.kind == 'R' && row.outcome == 'o' && row.version > 0)
                    .toList();
            RandomHistories.Row again = reads.get(reads.size() - 10);
            RandomHistories.Row once = reads.get(reads.size() - 10 - LONG_AGO);
            assertThat(again.version).isNotEqualTo(once.version);
            again.version = once.version;
            Verdict verdict = Judge.judge(new History(Story.ORIGIN, histories.operations(), List.of()));
            assertThat(verdict.status()).isEqualTo(Verdict.Status.VIOLATION);
            Finding finding = verdict.findings().get(0);
            assertThat(finding.anomaly())
                    .isIn(Anomaly.DELETE_RESURRECTION, Anomaly.STALE_READ, Anomaly.NON_MONOTONIC_READS);
            assertThat(finding.witness())
                    .hasSize(3)
                    .last()
                    .satisfies(op -> assertThat(op.invocation().id()).isEqualTo(again.id));
        }
    }

    @Test
    void whatTouchesOverlaps() {
        Operation version = put(1, 0, 1);
        Operation other = put(2, 1, 4);
        story.get(3, version, 6, 7);
        assertThat(contradiction()).isNull();
        story.get(4, other, 1, 8);
        assertThat(contradiction()).isNull();
        story.get(5, other, 2, 8);
        assertThat(contradiction()).isNotNull();
    }

    @Test
    void aVersionOfUnknownOutcomeThatNobodyReadProvesNothing() {
        Operation version = put(1, 0, 1);
        story.write(2, Precondition.NONE, Outcome.unknown(Outcome.Cause.TIMEOUT), 0, 2, 3);
        story.get(3, version, 4, 5);
        assertThat(contradiction()).isNull();
    }

    @Test
    void ofTheReadsThatMetAVersionTheLastBeforeItWasGoneIsTold() {
        Operation version = put(1, 0, 1);
        story.get(3, version, 2, 3);
        Operation last = story.get(3, version, 4, 5);
        Operation other = put(2, 6, 7);
        Operation again = story.get(4, version, 8, 9);
        story.get(4, version, 10, 11);
        Trace trace = Trace.of(story.operations());
        Contradiction contradiction = Zones.contradiction(trace, true);
        assertThat(contradiction).isNotNull();
        assertThat(IntStream.of(contradiction.witness()).mapToObj(trace::operation))
                .containsExactly(last, other, again);
    }

    @Test
    void ofTheDeletesTheOneThatDeletedItIsTold() {
        Requests requests = new Requests();
        Operation version = requests.put(1, Precondition.NONE, Outcome.APPLIED, 0, 1);
        Operation delete = requests.delete(2, Precondition.NONE, Outcome.APPLIED, 204, 2, 3);
        requests.put(1, Precondition.NONE, Outcome.APPLIED, 4, 5);
        requests.delete(2, Precondition.NONE, Outcome.APPLIED, 204, 6, 7);
        Operation again = requests.get(3, version, 8, 9);
        assertThat(requests.verdict().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.anomaly()).isEqualTo(Anomaly.DELETE_RESURRECTION);
            assertThat(finding.witness()).containsExactly(version, delete, again);
        });
    }

    @ParameterizedTest
    @EnumSource
    void noVersionThatReturnsIsMissed(Profile profile) {
        RandomHistories histories = new RandomHistories(profile, RandomHistories.Size.SMALL);
        int found = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            histories.live(seed);
            histories.lie(true);
            Trace trace = Trace.of(histories.operations());
            Contradiction contradiction = Zones.contradiction(trace, true);
            found += contradiction == null ? 0 : 1;
            assertThat(contradiction != null).as(histories.table()).isEqualTo(returns(trace));
        }
        assertThat(found).isGreaterThan(HISTORIES / 50);
    }

    /** The definition, word for word. */
    private static boolean returns(Trace trace) {
        return IntStream.rangeClosed(1, trace.versions()).anyMatch(v -> {
            int[] shown = those(trace, i -> shows(trace, i, v));
            int[] met = those(trace, i -> meets(trace, i, v) || (shown.length > 0 && makes(trace, i, v)));
            return IntStream.of(shown)
                    .anyMatch(first -> IntStream.of(met)
                            .anyMatch(last -> trace.end(first) < trace.start(last)
                                    && ((meets(trace, last, v) && between(trace, v, first, last))
                                            || beside(trace, v, first, last))));
        });
    }

    private static int[] those(Trace trace, IntPredicate which) {
        return IntStream.range(0, trace.size()).filter(which).toArray();
    }

    private static boolean between(Trace trace, int v, int first, int last) {
        return IntStream.range(0, trace.size())
                .anyMatch(i -> trace.end(first) < trace.start(i)
                        && trace.end(i) < trace.start(last)
                        && switch (trace.kind(i)) {
                            case NOTHING -> false;
                            case READ -> !trace.unknown(i) && trace.version(i) != v;
                            case PUT, CREATE -> trace.applied(i) && trace.version(i) != v;
                            case REPLACE -> trace.applied(i) ? trace.version(i) != v : trace.parent(i) == v;
                            case REMOVE -> trace.applied(i) || trace.parent(i) == v;
                            case DELETE -> trace.applied(i);
                        });
    }

    private static boolean beside(Trace trace, int v, int first, int last) {
        return IntStream.rangeClosed(1, trace.versions())
                .filter(other -> other != v)
                .anyMatch(other -> {
                    int[] shown = those(trace, i -> shows(trace, i, other));
                    int[] met =
                            those(trace, i -> meets(trace, i, other) || (shown.length > 0 && makes(trace, i, other)));
                    return IntStream.of(shown).anyMatch(i -> trace.end(i) < trace.start(last))
                            && IntStream.of(met).anyMatch(i -> trace.end(first) < trace.start(i));
                });
    }

    private static boolean shows(Trace trace, int i, int v) {
        boolean answered = trace.reads(i) ? !trace.unknown(i) : trace.applied(i) && makes(trace, i, v);
        return answered && trace.version(i) == v;
    }

    private static boolean meets(Trace trace, int i, int v) {
        return trace.reads(i)
                ? !trace.unknown(i) && trace.version(i) == v
                : trace.is(i, Kind.REPLACE, Fate.APPLIED) && trace.parent(i) == v;
    }

    private static boolean makes(Trace trace, int i, int v) {
        Kind kind = trace.kind(i);
        return trace.version(i) == v
                && !trace.refused(i)
                && (kind == Kind.PUT || kind == Kind.CREATE || kind == Kind.REPLACE);
    }
}
