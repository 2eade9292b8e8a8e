package dev.etalon.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.RoundTally;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Workload;
import dev.etalon.core.store.StoredRules;
import dev.etalon.core.store.StoredVerdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final int RACED = 150;

    private static StoredRace run(int hour, String product, int raced, int findings, int rounds) {
        Map<String, StoredVerdict.Count> anomalies = findings == 0
                ? Map.of()
                : Map.of(
                        "A1",
                        new StoredVerdict.Count(
                                "lost update", Anomaly.Severity.S1, Anomaly.Dimension.SAFETY, findings, rounds));
        StoredVerdict verdict = new StoredVerdict(
                "http/x",
                "server",
                product,
                findings == 0 ? Verdict.Status.VALID : Verdict.Status.VIOLATION,
                "VALID",
                "because",
                null,
                anomalies,
                Map.of(),
                List.of(),
                new RoundTally(RACED, raced, new TreeMap<>(), new TreeMap<>(), 0, 0));
        return new StoredRace(
                Path.of("/runs/" + hour),
                "server",
                NOON.plusSeconds(3600L * hour),
                new Plan("http/x", 1, hour, "k-", new Workload.Rounds(List.of())),
                Optional.of(verdict),
                Map.of(),
                "");
    }

    private static List<Trend> trends(StoredRace... runs) {
        return Trend.of(new Archive(List.of(runs), List.of(), List.of(), List.of()));
    }

    /** A run an hour, in each of which so many of the rounds lost an update. */
    private static Trend trend(int... rounds) {
        List<StoredRace> runs = new ArrayList<>();
        for (int hour = 0; hour < rounds.length; hour++) {
            runs.add(run(hour, "1", RACED, rounds[hour], rounds[hour]));
        }
        List<Trend> trends = trends(runs.toArray(StoredRace[]::new));
        assertThat(trends).hasSize(1);
        return trends.get(0);
    }

    @Test
    void whatWasNeverWrongHasNoTrend() {
        assertThat(trends(run(0, "1", RACED, 0, 0), run(1, "1", RACED, 0, 0))).isEmpty();
    }

    @Test
    void whatIsSeenInEveryRunIsSteady() {
        assertThat(trend(25).change()).isEqualTo(Trend.Change.STEADY);
        assertThat(trend(25, 30).sentence())
                .isEqualTo("seen in 2 of 2 runs; last 30 of 150 rounds (20 %, at 95 % 14 % to 27 %)");
    }

    @Test
    void whatWasNotThereBeforeIsNew() {
        assertThat(trend(0, 0, 25, 26).change()).isEqualTo(Trend.Change.NEW);
        assertThat(trend(0, 0, 25, 26).sentence())
                .isEqualTo("new since 2026-01-01T14:00:00Z; last 26 of 150 rounds (17 %, at 95 % 12 % to 24 %),"
                        + " before that 0 of 150 rounds (under 2 % at 95 %)");
    }

    @Test
    void whatIsNoLongerThereIsGone() {
        assertThat(trend(25, 0).change()).isEqualTo(Trend.Change.GONE);
        assertThat(trend(25, 0).beyondChance()).isTrue();
    }

    @Test
    void aRareThingThatIsMissingOnceMayBeChance() {
        Trend rare = trend(1, 0);
        assertThat(rare.change()).isEqualTo(Trend.Change.GONE);
        assertThat(rare.beyondChance()).isFalse();
        assertThat(rare.sentence()).contains("chance alone may explain it");
    }

    @Test
    void whatComesAndGoesIsFlapping() {
        assertThat(trend(0, 25, 0).change()).isEqualTo(Trend.Change.FLAPPING);
        assertThat(trend(25, 0, 25).sentence()).startsWith("flapping, seen in 2 of 3 runs; last 25 of 150");
    }

    @Test
    void aChangeOfTheServerIsNamed() {
        assertThat(trends(run(0, "1.0", RACED, 25, 25), run(1, "1.1", RACED, 0, 0)))
                .singleElement()
                .satisfies(trend -> assertThat(trend.sentence()).endsWith("; the server was 1.0 and is 1.1"));
    }

    @Test
    void severalFindingsOfARoundAreOneTrial() {
        assertThat(trends(run(0, "1", RACED, 60, 25)))
                .singleElement()
                .satisfies(trend -> assertThat(trend.newest().rate()).isEqualTo(new Rate(25, RACED)));
    }

    @Test
    void aRunThatRacedNothingSaysNothing() {
        assertThat(trends(run(0, "1", RACED, 25, 25), run(1, "1", 0, 0, 0)))
                .singleElement()
                .satisfies(trend -> assertThat(trend.points()).hasSize(1));
    }

    private static StoredAnswers answers(int hour, boolean broken, Map<String, Integer> distribution) {
        StoredRules.Exchange exchange = new StoredRules.Exchange(
                new StoredRules.Sent("PUT", "/k", List.of(), List.of(), null),
                new StoredRules.Answer(200, List.of(), null, null));
        StoredRules.Example example = new StoredRules.Example(
                "",
                List.of(),
                "PUT",
                "412",
                "FAIL",
                "",
                new StoredRules.Sample(10, 10, distribution, Map.of(), 0.3, null),
                null,
                List.of(
                        new StoredRules.Witness("412", false, List.of(), List.of(), exchange, List.of()),
                        new StoredRules.Witness("200", false, List.of("not 412"), List.of(), exchange, List.of())));
        Instant at = NOON.plusSeconds(3600L * hour);
        return new StoredAnswers(
                Path.of("/runs/rules/" + hour),
                at,
                new StoredRules(
                        1,
                        new StoredRules.Target("server", "EMBEDDED", "HTTP", "rfc9110", "1", "http://x/", List.of()),
                        new StoredRules.Run(at.toString(), at.toString(), 10, 0, 1, null, Map.of()),
                        List.of(new StoredRules.Rule(
                                "IM-1", "refused", "MUST", "RFC", "FAIL", "", broken, false, List.of(example))),
                        List.of()));
    }

    @Test
    void aRuleHasATrendToo() {
        Archive archive = new Archive(
                List.of(),
                List.of(answers(0, false, Map.of("412", 10)), answers(1, true, Map.of("412", 7, "200", 3))),
                List.of(),
                List.of());
        assertThat(Trend.of(archive)).singleElement().satisfies(trend -> {
            assertThat(trend.subject()).isEqualTo(Trend.RULES);
            assertThat(trend.change()).isEqualTo(Trend.Change.NEW);
            assertThat(trend.newest().rate()).isEqualTo(new Rate(3, 10));
        });
    }
}
