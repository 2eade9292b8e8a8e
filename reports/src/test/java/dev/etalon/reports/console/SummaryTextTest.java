package dev.etalon.reports.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Completion;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.Grade;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.RoundTally;
import dev.etalon.core.model.Shape;
import dev.etalon.core.model.Timing;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.model.Version;
import dev.etalon.core.plan.Budget;
import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.PutRace;
import dev.etalon.core.plan.Scenario;
import dev.etalon.core.session.CellResult;
import dev.etalon.core.session.SessionSummary;
import dev.etalon.core.store.RunFolder;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.TargetInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The table a person reads first: every sign, the columns, a witness, and where the rest is. */
class SummaryTextTest {
    private static final Scenario SAME_TAG = new PutRace(Protocol.HTTP, PutRace.Form.SAME_VALIDATOR) {};
    private static final Scenario CREATE = new PutRace(Protocol.HTTP, PutRace.Form.CREATE_RACE) {};

    private static TargetInfo target(String name) {
        return new TargetInfo(
                name,
                TargetInfo.Kind.EMBEDDED,
                Protocol.HTTP,
                name + " 1.0",
                Dialect.RFC9110,
                Set.of(Capability.PUT_IF_MATCH, Capability.PUT_IF_NONE_MATCH));
    }

    private static CellResult cell(
            Scenario scenario, String target, CellResult.Status status, String sentence, CellResult.@Nullable Run run) {
        return new CellResult(scenario, target(target), status, sentence, run);
    }

    private static CellResult.Run run(Scenario scenario, RoundTally tally, Finding... findings) {
        History.Origin origin =
                new History.Origin(1, "etalon-1-", scenario.id(), "t", "desk", "2026-01-01T00:00:00Z", 0);
        Plan plan = new Plan(scenario.id(), 412, 1, "etalon-1-", scenario.workload(412, new Budget(20, 5)));
        return new CellResult.Run(
                "server 1.0",
                "http://127.0.0.1/",
                plan,
                new History(origin, List.of(), List.of()),
                Verdict.of(List.of(findings), tally, List.of()),
                new RunFolder(Path.of("/runs/x")),
                "",
                List.of());
    }

    private static Operation put(int actor, long startMs, long endMs) {
        return sent(Method.PUT, actor, startMs, endMs);
    }

    private static Operation sent(Method method, int actor, long startMs, long endMs) {
        Version version = new Version(actor, 1);
        return new Operation(
                new Invocation(
                        actor,
                        actor,
                        3,
                        3,
                        0,
                        method,
                        Precondition.ifMatch(new EntityTag("\"aaaa\""), new Version(0, 1)),
                        version,
                        2,
                        startMs * 1_000_000),
                new Completion(actor, 204, Outcome.APPLIED, null, Observation.NOTHING, 0, endMs * 1_000_000));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = SummaryTextTest.class.getResourceAsStream("/golden/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theTableShowsEverySignItsReasonAndAWitness() throws IOException {
        RoundTally clean = new RoundTally(
                20,
                20,
                new TreeMap<>(Map.of(1, 20)),
                new TreeMap<>(Map.of(412, 60)),
                0,
                0,
                List.of(new Shape("fresh: 1 won, others 412", 20, 1, Grade.ACCEPTABLE, "one got through")),
                new Timing(29_400, 54_000, 0.975),
                List.of());
        RoundTally broken = new RoundTally(
                20,
                20,
                new TreeMap<>(Map.of(1, 15, 2, 4, 16, 1)),
                new TreeMap<>(Map.of(412, 50, 0, 2)),
                2,
                0,
                List.of(
                        new Shape("fresh: 1 won, others 412", 15, 0.75, Grade.ACCEPTABLE, "one got through"),
                        new Shape("fresh: 2+ won, others none 412", 5, 0.25, Grade.FORBIDDEN, "several got through")));
        Finding lost = new Finding(
                Anomaly.LOST_UPDATE, 3, 3, List.of(put(1, 1, 4), put(2, 2, 5)), "2 applied writes have one parent.");
        SessionSummary session = new SessionSummary(
                List.of(
                        cell(SAME_TAG, "good", CellResult.Status.VALID, "all raced", run(SAME_TAG, clean)),
                        cell(CREATE, "good", CellResult.Status.UNDECIDED, "only 3 of 20 rounds", run(CREATE, clean)),
                        cell(
                                SAME_TAG,
                                "old",
                                CellResult.Status.KNOWN,
                                "A1 as written down",
                                run(SAME_TAG, broken, lost)),
                        cell(CREATE, "old", CellResult.Status.VIOLATION, "A2 is new", run(CREATE, broken)),
                        cell(SAME_TAG, "far", CellResult.Status.NOT_RUN, "No engine here; start one.", null),
                        cell(CREATE, "far", CellResult.Status.NOT_RUN, "No engine here; start one.", null),
                        cell(SAME_TAG, "gone", CellResult.Status.UNAVAILABLE, "Port taken; free it.", null)),
                7,
                412,
                Path.of("/runs"),
                Optional.of("interrupted"));
        assertThat(SummaryText.of(session)).isEqualTo(golden("summary.txt"));
    }

    /** A reader who begins at the top meets first what costs data, whatever was raced first. */
    @Test
    void lostDataStandsFirstAndOperationsThatIgnoreConditionsTakeALineEach() {
        RoundTally tally = new RoundTally(
                20, 20, new TreeMap<>(), new TreeMap<>(), 0, 0, List.of(), new Timing(0, 0, 0), List.of());
        Finding ignored =
                new Finding(Anomaly.CONDITION_IGNORED, 1, -1, List.of(sent(Method.COMPLETE, 1, 1, 4)), "No effect.");
        Finding stale = new Finding(Anomaly.STALE_READ, 2, 2, List.of(put(1, 1, 4)), "An old one.");
        Finding lost = new Finding(Anomaly.LOST_UPDATE, 3, 3, List.of(put(1, 1, 4), put(2, 2, 5)), "One parent.");
        SessionSummary session = new SessionSummary(
                List.of(
                        cell(CREATE, "s", CellResult.Status.VIOLATION, "A17", run(CREATE, tally, ignored, stale)),
                        cell(SAME_TAG, "s", CellResult.Status.VIOLATION, "A1", run(SAME_TAG, tally, lost))),
                2,
                412,
                Path.of("/runs"),
                Optional.empty());

        String text = SummaryText.of(session);

        assertThat(text.indexOf("lost-update (A1)")).isPositive().isLessThan(text.indexOf("stale-read (A7)"));
        assertThat(text).doesNotContain("condition-ignored").contains("""
                capability of s
                  CompleteMultipartUpload If-Match is ignored: answered 204 (A17, http/create-race)
                """);
    }

    @Test
    void aConsoleThatKnowsOnlyAsciiLosesNoMeaning() throws IOException {
        String plain = SummaryText.plain(golden("summary.txt"));
        assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(plain))
                .as(plain)
                .isTrue();
        assertThat(plain).contains("+ ", "x!", "1x15 2x4 16x1");
    }

    @Test
    void whyCellsOfATargetAreNotRunIsSaidOnceWhileTheyPass() {
        Set<String> said = new HashSet<>();
        CellResult one = cell(SAME_TAG, "gone", CellResult.Status.UNAVAILABLE, "Nothing answers.", null);
        CellResult next = cell(CREATE, "gone", CellResult.Status.UNAVAILABLE, "Nothing answers.", null);
        CellResult other = cell(CREATE, "other", CellResult.Status.UNAVAILABLE, "Nothing answers.", null);
        assertThat(SummaryText.line(one, said)).endsWith(" on gone: Nothing answers.");
        assertThat(SummaryText.line(next, said)).endsWith(" on gone: as before");
        assertThat(SummaryText.line(other, said)).endsWith(" on other: Nothing answers.");
    }
}
