package dev.etalon.reports.text;

import com.fasterxml.jackson.databind.SerializationFeature;
import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.RoundTally;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.plan.Budget;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.PutRace;
import dev.etalon.core.plan.Scenario;
import dev.etalon.core.store.Json;
import dev.etalon.core.store.RunFolder;
import dev.etalon.core.store.StoredRules;
import dev.etalon.core.store.StoredSession;
import dev.etalon.core.store.StoredVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A folder of runs with one of everything, from a server that means harm wherever it is quoted. */
public final class SampleRuns {
    /** Markup, Markdown, the end of a CDATA section, a mention, colour for a terminal, a line turned around, no character. */
    public static final String HOSTILE =
            "<script>alert(1)</script> ]]> |`x`| [a](http://evil.test) ``` @all \u001B[31m \u202E \uFFFE &amp;";

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final int SEED = 412;
    private static final int ROUNDS = 10;

    private final Path runs;

    private SampleRuns(Path runs) {
        this.runs = runs;
    }

    /** Writes the runs; nothing in them depends on when or where. */
    public static void write(Path runs) throws IOException {
        SampleRuns sample = new SampleRuns(runs);
        sample.race("good", 0, "VALID", "everything planned was raced, nothing forbidden was seen", 0);
        sample.race("hostile", 0, "VALID", "everything planned was raced, nothing forbidden was seen", 0);
        sample.race("hostile", 1, "VIOLATION", "A1 lost update in 1 of 10 rounds (10 %) " + HOSTILE, 1);
        sample.race("old", 0, "KNOWN", "known: A1 lost update in 1 of 10 rounds (10 %)", 1);
        // A history that is cut: counted, but there is no witness.
        Files.writeString(
                sample.race("old", 1, "KNOWN", "known: A1 lost update", 1).history(), "{\"etalon-h");
        sample.race("slow", 0, "UNDECIDED", "only 3 of 10 rounds were raced", 0);
        sample.session();
        sample.rules();
        sample.unreadable();
    }

    /** One more run with a known anomaly. */
    public static void known(Path runs, String target) throws IOException {
        new SampleRuns(runs).race(target, 0, "KNOWN", "known: A1 lost update in 1 of 10 rounds (10 %)", 1);
    }

    private RunFolder race(String target, int hour, String status, String sentence, int lost) throws IOException {
        Scenario scenario = new PutRace(Protocol.HTTP, PutRace.Form.SAME_VALIDATOR) {};
        RunFolder folder = RunFolder.create(runs, scenario.id(), target, NOON.plusSeconds(3600L * hour), SEED);
        folder.writeJson(
                RunFolder.PLAN, new Plan(scenario.id(), SEED, 5, "k-", scenario.workload(SEED, new Budget(ROUNDS, 5))));
        folder.writeJson(RunFolder.ENVIRONMENT, Map.of("target", target + " 1.0"));
        folder.writeText(RunFolder.REPEAT, "etalon race --target " + target + "\n");
        Files.writeString(folder.history(), history(scenario.id(), target));
        folder.writeJson(
                RunFolder.VERDICT,
                new StoredVerdict(
                        scenario.id(),
                        target,
                        target.equals("hostile") ? HOSTILE : target + " 1.0",
                        lost == 0 ? Verdict.Status.VALID : Verdict.Status.VIOLATION,
                        status,
                        sentence,
                        null,
                        lost == 0
                                ? Map.of()
                                : Map.of(
                                        Anomaly.LOST_UPDATE.code(),
                                        new StoredVerdict.Count(
                                                Anomaly.LOST_UPDATE.title(),
                                                Anomaly.LOST_UPDATE.severity(),
                                                Anomaly.LOST_UPDATE.dimension(),
                                                lost,
                                                lost)),
                        Map.of(),
                        status.equals("UNDECIDED") ? List.of(sentence) : List.of(),
                        new RoundTally(
                                ROUNDS,
                                status.equals("UNDECIDED") ? 3 : ROUNDS,
                                new TreeMap<>(Map.of(1, ROUNDS - lost)),
                                new TreeMap<>(Map.of(412, 30)),
                                0,
                                0)));
        return folder;
    }

    /** Two writers are told that they replaced the same version, whose tag is hostile. */
    private static String history(String scenario, String target) throws IOException {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("etalon-history", 1);
        header.put("run", "5");
        header.put("keyPrefix", "k-");
        header.put("scenario", scenario);
        header.put("target", target);
        Map<String, Object> create = put(1, 0, Map.of("kind", "none"), "w0#1", 1, 10);
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("kind", "if-match");
        condition.put("tag", "\"</td><script>`|\"");
        condition.put("version", "w0#1");
        create.put("tag", condition.get("tag"));
        return String.join(
                "\n",
                line(header),
                line(create),
                line(put(2, 1, condition, "w1#1", 2, 1_000_000)),
                line(put(3, 2, condition, "w2#1", 2, 1_500_000)),
                "");
    }

    private static Map<String, Object> put(
            int id, int actor, Map<String, Object> condition, String version, int depth, int start) {
        Map<String, Object> put = new LinkedHashMap<>();
        put.put("id", id);
        put.put("actor", actor);
        put.put("method", "PUT");
        put.put("precondition", condition);
        put.put("writes", version);
        put.put("depth", depth);
        put.put("start", start);
        put.put("end", start + 2_000_000);
        put.put("status", 204);
        put.put("outcome", "applied");
        return put;
    }

    private static String line(Map<String, Object> fields) throws IOException {
        return Json.MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(fields);
    }

    private void session() throws IOException {
        Instant evening = NOON.plusSeconds(6 * 3600L);
        RunFolder.forSession(runs, evening, SEED)
                .writeJson(
                        RunFolder.SESSION,
                        new StoredSession(
                                StoredSession.VERSION,
                                evening.toString(),
                                SEED,
                                2,
                                null,
                                List.of(
                                        notRun("far", "NOT_RUN", "No engine here; start one."),
                                        notRun("gone", "UNAVAILABLE", "Port taken; free it."))));
    }

    private static StoredSession.Cell notRun(String target, String status, String sentence) {
        return new StoredSession.Cell(
                "http/same-validator",
                "one writer gets through",
                target,
                "CONTAINER",
                "HTTP",
                "rfc9110",
                target + " 1.0",
                List.of("PUT_IF_MATCH"),
                status,
                sentence);
    }

    private void rules() throws IOException {
        StoredRules.Exchange wrong = new StoredRules.Exchange(
                new StoredRules.Sent("PUT", "/k", List.of("a=b"), List.of("If-Match: \"x\""), null),
                new StoredRules.Answer(
                        200, List.of("Server: " + HOSTILE, "X: a\nInjected: b"), HOSTILE + "x".repeat(1 << 20), null));
        RunFolder.forRules(runs, "hostile", NOON)
                .writeJson(
                        RunFolder.RULES,
                        new StoredRules(
                                StoredRules.VERSION,
                                new StoredRules.Target(
                                        "hostile", "EXTERNAL", "HTTP", "rfc9110", HOSTILE, "http://h/", List.of()),
                                new StoredRules.Run(NOON.toString(), NOON.toString(), 10, 2, 5, null, Map.of()),
                                List.of(
                                        rule("IM-1", "PASS", "", false, Optional.empty()),
                                        rule(
                                                "IM-2",
                                                "FAIL",
                                                "status is 200, owed is [412] " + HOSTILE,
                                                true,
                                                Optional.of(wrong)),
                                        rule("IM-3", "UNDECIDED", "2 of 10 were not answered", false, Optional.empty()),
                                        rule("IM-4", "NOT_SUPPORTED", "no weak tags", false, Optional.empty()),
                                        rule("IM-5", "FAIL", "only told", false, Optional.of(wrong))),
                                List.of(new StoredRules.Capability(
                                        "PUT",
                                        "If-Match",
                                        "IGNORED",
                                        "true: 200; false: 200",
                                        true,
                                        false,
                                        rule("C-1", "FAIL", "", false, Optional.empty())))));
    }

    private static StoredRules.Rule rule(
            String id, String status, String sentence, boolean broken, Optional<StoredRules.Exchange> wrong) {
        return new StoredRules.Rule(
                id,
                "If-Match with a tag that is not current writes nothing",
                "MUST",
                "RFC 9110 §13.1.1",
                status,
                sentence,
                broken,
                true,
                List.of(new StoredRules.Example(
                        "",
                        List.of("PUT {subject}"),
                        "PUT {subject}  If-Match: {foreign}",
                        "412",
                        status,
                        sentence,
                        new StoredRules.Sample(
                                10, 10, Map.of(wrong.isPresent() ? "200" : "412", 10), Map.of(), 0.3, null),
                        null,
                        wrong.stream()
                                .map(exchange -> new StoredRules.Witness(
                                        "200",
                                        false,
                                        List.of("status is 200, owed is [412]"),
                                        List.of(),
                                        exchange,
                                        List.of()))
                                .toList())));
    }

    private void unreadable() throws IOException {
        String scenario = "http/counter";
        RunFolder.create(runs, scenario, "cut", NOON, SEED).writeText(RunFolder.PLAN, "{");
        RunFolder.forRules(runs, "cut", NOON).writeText(RunFolder.RULES, "{\"version\":1}");
        RunFolder.forSession(runs, NOON, SEED).writeText(RunFolder.SESSION, "\u0000\u0001");
        RunFolder noVerdict = race("cut", 2, "VALID", "", 0);
        noVerdict.writeText(RunFolder.VERDICT, "{\"scenario\":\"x\"}");
    }
}
