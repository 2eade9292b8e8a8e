package dev.etalon.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.model.Completion;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories of one run become one, on the first one's clock. */
class HistoryMergeTest {
    private static HistoryMerge.Part part(String host, String startedAt, long startNs, Operation... operations) {
        return new HistoryMerge.Part(
                Path.of(host),
                new History(
                        new History.Origin(5, "k-", "http/x", "paper", host, startedAt, startNs),
                        List.of(operations),
                        host.equals("b") ? List.of("a hole") : List.of()));
    }

    private static Operation get(long id, long start, long released, long end) {
        return new Operation(
                new Invocation(id, 1, 0, 0, 0, Method.GET, Precondition.NONE, null, 0, start),
                new Completion(id, 404, Outcome.APPLIED, null, Observation.ABSENT, released, end));
    }

    @Test
    void timesMoveToTheFirstClockAndHostsAreKept() throws IOException {
        // b began 1 µs after a, and its clock reads 7,000 more.
        HistoryMerge.Part a =
                part("a", "2026-01-01T00:00:00Z", 1_000, get(1, 1_000, 0, 1_500), get(2, 3_000, 0, 3_100));
        HistoryMerge.Part b = part("b", "2026-01-01T00:00:00.000001Z", 9_000, get(3, 9_100, 9_150, 9_200));
        History merged = HistoryMerge.merge(List.of(a, b), 250);
        assertThat(merged.operations()).extracting(op -> op.invocation().id()).containsExactly(1L, 3L, 2L);
        assertThat(merged.operations()).extracting(op -> op.invocation().host()).containsExactly(0, 1, 0);
        assertThat(merged.operations().get(1).startNs()).isEqualTo(2_100);
        assertThat(merged.operations().get(1).releasedNs()).isEqualTo(2_150);
        assertThat(merged.operations().get(1).endNs()).isEqualTo(2_200);
        assertThat(merged.clocks()).isEqualTo(new History.Clocks(List.of("a", "b"), 250, false));
        assertThat(merged.damage()).containsExactly("b: a hole");
        assertThat(merged.origin()).isEqualTo(a.history().origin());
    }

    @Test
    void hostsOfTwoMergedHistoriesAreFurtherApartThanThoseOfEach() throws IOException {
        HistoryMerge.Part a = several(100, part("a", "2026-01-01T00:00:00Z", 0, get(1, 0, 0, 1)));
        HistoryMerge.Part b = several(40, part("b", "2026-01-01T00:00:00Z", 0, get(2, 0, 0, 1)));
        HistoryMerge.Part c = several(70, part("c", "2026-01-01T00:00:00Z", 0, get(3, 0, 0, 1)));
        History merged = HistoryMerge.merge(List.of(a, b, c), 250);
        assertThat(merged.clocks().hosts()).hasSize(6);
        assertThat(merged.clocks().boundNs()).isEqualTo(250 + 100 + 70);
    }

    private static HistoryMerge.Part several(long boundNs, HistoryMerge.Part part) {
        History one = part.history();
        History.Clocks clocks = new History.Clocks(List.of(part.file() + "1", part.file() + "2"), boundNs, false);
        return new HistoryMerge.Part(part.file(), new History(one.origin(), one.operations(), one.damage(), clocks));
    }

    @Test
    void historiesThatDoNotBelongTogetherAreRefused() {
        HistoryMerge.Part a = part("a", "2026-01-01T00:00:00Z", 0, get(1, 0, 0, 1));
        refuses(a, part("b", "2026-01-01T00:00:00Z", 0, get(1, 0, 0, 1)), "an operation id is used in two histories");
        refuses(a, part("b", "yesterday", 0, get(2, 0, 0, 1)), "does not say when it began cannot be merged");
        refuses(a, new HistoryMerge.Part(Path.of("other"), Histories.random(3)), "histories of different runs");
    }

    private static void refuses(HistoryMerge.Part one, HistoryMerge.Part other, String sentence) {
        assertThatThrownBy(() -> HistoryMerge.merge(List.of(one, other), 0))
                .isInstanceOf(HistoryFormatException.class)
                .hasMessageContaining(sentence)
                .hasMessageContaining("file=" + other.file());
    }
}
