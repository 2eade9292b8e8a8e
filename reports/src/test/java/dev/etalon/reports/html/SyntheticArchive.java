package dev.etalon.reports.html;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Grade;
import dev.etalon.core.model.RoundTally;
import dev.etalon.core.model.Shape;
import dev.etalon.core.model.StrategyTally;
import dev.etalon.core.model.Timing;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Workload;
import dev.etalon.core.report.Archive;
import dev.etalon.core.report.StoredAnswers;
import dev.etalon.core.report.StoredRace;
import dev.etalon.core.store.StoredRules;
import dev.etalon.core.store.StoredSession;
import dev.etalon.core.store.StoredVerdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An archive as large as wanted, in which every verdict is to be found. Every text that somebody else may have written passes
 * one function, so that a test can put what it likes in place of all of them.
 */
public final class SyntheticArchive {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final List<String> STATUSES =
            List.of("PASS", "FAIL", "FLAPPING", "UNDECIDED", "NOT_SUPPORTED", "COUNTED");
    private static final List<String> CELLS = List.of("VALID", "KNOWN", "VIOLATION", "UNDECIDED");
    private static final int ROUNDS = 150;

    private final UnaryOperator<String> said;

    private SyntheticArchive(UnaryOperator<String> said) {
        this.said = said;
    }

    /**
     * An archive.
     *
     * @param targets how many
     * @param rules asked of each
     * @param races raced on each
     * @param anomalies found in each race that is broken
     */
    public static Archive of(int targets, int rules, int races, int anomalies) {
        return of(targets, rules, races, anomalies, text -> text);
    }

    /** The same, where each text is what a function makes of it. */
    public static Archive of(int targets, int rules, int races, int anomalies, UnaryOperator<String> said) {
        return new SyntheticArchive(said).archive(targets, rules, races, anomalies);
    }

    private Archive archive(int targets, int rules, int races, int anomalies) {
        List<StoredRace> raced = new ArrayList<>();
        List<StoredAnswers> answers = new ArrayList<>();
        List<StoredSession.Cell> cells = new ArrayList<>();
        for (int t = 0; t < targets; t++) {
            String target = said.apply("target-" + t);
            answers.add(new StoredAnswers(Path.of("/runs/rules/target-" + t), NOON, answers(target, t, rules)));
            for (int r = 0; r < races; r++) {
                Path run = Path.of("/runs/http/race-" + r + "/target-" + t + "/20260101T120000.000Z-19c");
                raced.add(
                        race(run, target, said.apply("http/race-" + r), CELLS.get((t + r) % CELLS.size()), anomalies));
            }
            cells.add(cell(target, said.apply("http/not-run")));
        }
        return new Archive(
                raced,
                answers,
                List.of(new StoredSession(1, NOON.minusSeconds(1).toString(), 412, cells.size(), null, cells)),
                List.of(said.apply("/runs/broken: a plan that cannot be read")));
    }

    private StoredSession.Cell cell(String target, String scenario) {
        return new StoredSession.Cell(
                scenario,
                said.apply("of k writers exactly one gets through"),
                target,
                said.apply("CONTAINER"),
                said.apply("HTTP"),
                said.apply("rfc9110"),
                said.apply("Server 1.0"),
                List.of(said.apply("PUT If-Match")),
                "NOT_RUN",
                said.apply("no engine here; start one"));
    }

    private StoredRace race(Path run, String target, String scenario, String cell, int anomalies) {
        boolean broken = cell.equals("KNOWN") || cell.equals("VIOLATION");
        Anomaly lost = Anomaly.LOST_UPDATE;
        Anomaly late = Anomaly.LATE_APPLICATION;
        StoredVerdict verdict = new StoredVerdict(
                scenario,
                target,
                said.apply("Server 1.0"),
                broken
                        ? Verdict.Status.VIOLATION
                        : cell.equals("VALID") ? Verdict.Status.VALID : Verdict.Status.UNDECIDED,
                cell,
                said.apply("why it counts like that"),
                cell.equals("UNDECIDED") ? said.apply("interrupted") : null,
                broken
                        ? Map.of(
                                lost.code(),
                                new StoredVerdict.Count(
                                        said.apply(lost.title()),
                                        lost.severity(),
                                        lost.dimension(),
                                        anomalies,
                                        anomalies))
                        : Map.of(),
                Map.of(
                        late.code(),
                        new StoredVerdict.Count(said.apply(late.title()), late.severity(), late.dimension(), 1, 1)),
                cell.equals("UNDECIDED") ? List.of(said.apply("only 3 of 150 rounds were raced")) : List.of(),
                new RoundTally(
                        ROUNDS,
                        ROUNDS,
                        new TreeMap<>(Map.of(1, ROUNDS - anomalies, 2, anomalies)),
                        new TreeMap<>(Map.of(412, 500, 409, 7, 0, 2)),
                        2,
                        0,
                        List.of(new Shape(
                                said.apply("fresh: 1 won, others 412"),
                                ROUNDS,
                                1,
                                Grade.ACCEPTABLE,
                                said.apply("one writer got through"))),
                        new Timing(29_000, 54_000, 0.97),
                        List.of(new StrategyTally(
                                said.apply("gate"), ROUNDS, ROUNDS, anomalies, new Timing(29_000, 54_000, 0.97)))));
        return new StoredRace(
                run,
                target,
                NOON,
                new Plan(scenario, 412, 7, "k-", new Workload.Counter(0, 2, 3, 4, 512)),
                Optional.of(verdict),
                Map.of("url", said.apply("http://127.0.0.1:8080/")),
                said.apply(
                        "java -jar harness/cli/target/etalon.jar race --scenario " + scenario + " --target " + target));
    }

    private StoredRules answers(String target, int t, int rules) {
        return new StoredRules(
                StoredRules.VERSION,
                new StoredRules.Target(
                        target,
                        said.apply("EMBEDDED"),
                        said.apply("HTTP"),
                        said.apply("rfc9110"),
                        said.apply("Server 1.0"),
                        said.apply("http://127.0.0.1:8080/"),
                        List.of(said.apply("PUT If-Match"))),
                new StoredRules.Run(
                        NOON.toString(), NOON.toString(), 100, 2, rules, said.apply("the disk was full"), Map.of()),
                IntStream.range(0, rules)
                        .mapToObj(i -> rule(
                                said.apply((i % 2 == 0 ? "IM-" : "NM-") + (100 + i)),
                                STATUSES.get((t + i) % STATUSES.size())))
                        .toList(),
                List.of(
                        capability("HONOURED", true, true),
                        capability("IGNORED", true, false),
                        capability("PARTIAL", null, null)));
    }

    private StoredRules.Capability capability(String state, @Nullable Boolean claimed, @Nullable Boolean asClaimed) {
        return new StoredRules.Capability(
                said.apply("PUT"),
                said.apply("If-Match " + state),
                state,
                said.apply("true: 200; false: 412"),
                claimed,
                asClaimed,
                rule("CAP-" + state, "PASS"));
    }

    private StoredRules.Rule rule(String id, String status) {
        boolean wrong = status.equals("FAIL") || status.equals("FLAPPING");
        boolean asked = !status.equals("NOT_SUPPORTED");
        return new StoredRules.Rule(
                id,
                said.apply("If-Match with another tag refuses a PUT"),
                "MUST",
                said.apply("RFC 9110 §13.1.1"),
                status,
                wrong ? said.apply("status is 200, owed is [412]") : "",
                wrong,
                !status.equals("FLAPPING"),
                asked ? List.of(example(status, wrong)) : List.of());
    }

    private StoredRules.Example example(String status, boolean wrong) {
        Map<String, Integer> distribution = new LinkedHashMap<>();
        distribution.put(said.apply("412"), wrong ? 3 : 100);
        if (wrong) {
            distribution.put(said.apply("200; status is 200, owed is [412]"), 97);
        }
        StoredRules.Sample sample = new StoredRules.Sample(
                100, 100, distribution, Map.of(said.apply("timeout"), 1), 0.03, new StoredRules.Beside(2, 39, 19, 0));
        return new StoredRules.Example(
                said.apply("another tag"),
                List.of(said.apply("PUT {subject}")),
                said.apply("PUT {subject}  If-Match: {X}"),
                said.apply("412; {subject} unchanged"),
                status,
                wrong ? said.apply("status is 200, owed is [412]") : "",
                sample,
                sample,
                List.of(new StoredRules.Witness(
                        said.apply("200"),
                        false,
                        wrong ? List.of(said.apply("status is 200, owed is [412]")) : List.of(),
                        List.of(exchange()),
                        exchange(),
                        List.of(exchange(), unanswered()))));
    }

    private StoredRules.Exchange exchange() {
        return new StoredRules.Exchange(
                sent(),
                new StoredRules.Answer(
                        200,
                        List.of(said.apply("ETag: \"1\""), said.apply("Content-Length: 2")),
                        said.apply("ok"),
                        null));
    }

    private StoredRules.Exchange unanswered() {
        return new StoredRules.Exchange(
                sent(), new StoredRules.Answer(0, List.of(), null, said.apply("connection reset")));
    }

    private StoredRules.Sent sent() {
        return new StoredRules.Sent(
                said.apply("PUT"),
                said.apply("/bucket/key"),
                List.of(said.apply("versionId=1")),
                List.of(said.apply("If-Match: \"2\""), said.apply("Authorization: ***")),
                said.apply("new"));
    }
}
