package dev.etalon.scenarios.browser;

import dev.etalon.core.check.Judge;
import dev.etalon.core.model.Completion;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import dev.etalon.core.plan.Alignment;
import dev.etalon.core.plan.Budget;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.PutRace;
import dev.etalon.core.report.Archive;
import dev.etalon.core.report.Reports;
import dev.etalon.core.run.Stop;
import dev.etalon.core.session.Cell;
import dev.etalon.core.session.CellResult;
import dev.etalon.core.session.Reporter;
import dev.etalon.core.session.RuleSession;
import dev.etalon.core.session.Session;
import dev.etalon.core.store.ActorLog;
import dev.etalon.core.store.HistoryReader;
import dev.etalon.core.store.Recorder;
import dev.etalon.core.store.RunFolder;
import dev.etalon.core.store.StoredRules;
import dev.etalon.core.store.StoredVerdict;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Stored runs to make reports of: real ones, and more than anybody has. */
final class Archives {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final long MS = 1_000_000;

    private final Path runs;

    /** Archives in a folder that exists or not. */
    Archives(Path runs) {
        this.runs = runs;
    }

    /** Everything that is stored. */
    Archive read() throws IOException {
        return Archive.read(List.of(runs));
    }

    /** Writes the site of what is stored and returns its first page. */
    Path site(Path folder) throws IOException {
        return Objects.requireNonNull(
                Reports.named(List.of("html")).write(read(), folder).get("html"));
    }

    /** Races servers that are right and servers that are wrong, in a few seconds, and puts some rules to them. */
    List<CellResult> race(List<Reporter> reporters) {
        Settings settings = Settings.of(Map.of(
                "etalon.runs", runs.toString(),
                "etalon.targets", "reference-http,tomcat,s3proxy-memory",
                "etalon.scenarios", "http/same-validator,http/create-race,http/counter,s3/same-validator,s3/copy",
                "etalon.rounds", "40",
                "etalon.increments", "5",
                "etalon.timeout", "5000",
                "etalon.rules", "IM,P0",
                "etalon.repetitions", "2",
                "etalon.load", "0"));
        List<CellResult> results = new ArrayList<>();
        try (Session session = new Session(settings, reporters)) {
            for (Cell cell : session.cells()) {
                results.add(session.run(cell));
            }
        }
        RuleSession rules = new RuleSession(settings);
        for (TargetProvider target : rules.targets()) {
            rules.run(target, EnumSet.allOf(RuleSession.Question.class), verdict -> {}, new Stop());
        }
        return results;
    }

    /** Stores targets that each lost an update in some rounds, and broke every tenth of some rules. */
    void synthesize(int targets, int rules, int anomalies) throws IOException {
        Plan plan = new Plan(
                "http/same-validator",
                412,
                7,
                "etalon-7-",
                new PutRace(Protocol.HTTP, PutRace.Form.SAME_VALIDATOR) {}.workload(
                        412, new Budget(anomalies, 5, EnumSet.of(Alignment.BARRIER))));
        Path history = runs.resolve("history.etl");
        Files.createDirectories(runs);
        lostUpdates(history, plan, anomalies);
        History recorded = HistoryReader.read(history);
        for (int i = 0; i < targets; i++) {
            String target = String.format(Locale.ROOT, "server-%02d", i);
            RunFolder folder = RunFolder.create(runs, plan.scenario(), target, NOON.plusSeconds(i), plan.seed());
            folder.writeJson(RunFolder.PLAN, plan);
            folder.writeJson(RunFolder.ENVIRONMENT, Map.of("server", target + " 1.0", "url", "http://127.0.0.1/"));
            folder.writeText(RunFolder.REPEAT, "etalon race --scenario " + plan.scenario() + " --target " + target);
            Files.copy(history, folder.history());
            folder.writeJson(
                    RunFolder.VERDICT,
                    StoredVerdict.of(
                            plan.scenario(),
                            target,
                            target + " 1.0",
                            CellResult.Status.VIOLATION.name(),
                            "A1 lost update in every round",
                            Optional.empty(),
                            Judge.judge(plan, recorded, Optional.empty())));
            RunFolder.forRules(runs, target, NOON.plusSeconds(i)).writeJson(RunFolder.RULES, answers(target, rules));
        }
        Files.delete(history);
    }

    /** In every round two writers are told that they replaced the same version. */
    private static void lostUpdates(Path file, Plan plan, int rounds) throws IOException {
        History.Origin origin =
                new History.Origin(plan.run(), plan.keyPrefix(), plan.scenario(), "server", "desk", NOON.toString(), 0);
        try (Recorder recorder = Recorder.create(file, origin)) {
            Writer coordinator = new Writer(recorder, 0);
            Writer one = new Writer(recorder, 1);
            Writer other = new Writer(recorder, 2);
            for (int round = 0; round < rounds; round++) {
                long ms = round * 100L;
                Version first = coordinator.put(round, Precondition.CREATE, 1, ms + 1, ms + 3);
                Precondition fresh = Precondition.ifMatch(tag(round, 0), first);
                coordinator.get(round, first, Version.ABSENT, tag(round, 0), 1, ms + 4, ms + 6);
                one.put(round, fresh, 2, ms + 10, ms + 30);
                Version last = other.put(round, fresh, 2, ms + 12, ms + 34);
                coordinator.get(round, last, first, tag(round, 2), 2, ms + 40, ms + 44);
            }
        }
    }

    private static EntityTag tag(int round, int actor) {
        return new EntityTag("\"" + round + "-" + actor + "\"");
    }

    /** An actor of a made-up history. */
    private static final class Writer {
        private final ActorLog log;
        private final int actor;
        private int written;

        Writer(Recorder recorder, int actor) throws IOException {
            this.log = recorder.actor(actor);
            this.actor = actor;
        }

        Version put(int round, Precondition condition, int depth, long fromMs, long toMs) throws IOException {
            Version version = new Version(actor, ++written);
            send(round, Method.PUT, condition, version, depth, tag(round, actor), Observation.NOTHING, fromMs, toMs);
            return version;
        }

        void get(int round, Version seen, Version parent, EntityTag tag, int depth, long fromMs, long toMs)
                throws IOException {
            Observation shown = new Observation.Seen(seen, parent, depth);
            send(round, Method.GET, Precondition.NONE, null, 0, tag, shown, fromMs, toMs);
        }

        private void send(
                int round,
                Method method,
                Precondition condition,
                @Nullable Version writes,
                int depth,
                EntityTag tag,
                Observation shown,
                long fromMs,
                long toMs)
                throws IOException {
            long id = log.nextId();
            log.begin(new Invocation(id, actor, round, round, 0, method, condition, writes, depth, fromMs * MS));
            log.end(new Completion(id, 200, Outcome.APPLIED, tag, shown, 0, toMs * MS));
        }
    }

    private static StoredRules answers(String target, int rules) {
        List<StoredRules.Rule> answers = new ArrayList<>();
        for (int i = 0; i < rules; i++) {
            answers.add(answer(String.format(Locale.ROOT, "R%03d", i), i % 10 == 9));
        }
        return new StoredRules(
                StoredRules.VERSION,
                new StoredRules.Target(
                        target,
                        "EMBEDDED",
                        "HTTP",
                        "rfc9110",
                        target + " 1.0",
                        "http://127.0.0.1/",
                        List.of("PUT_IF_MATCH")),
                new StoredRules.Run(
                        NOON.toString(), NOON.plusSeconds(60).toString(), 100, 0, rules, null, Map.of("java", "17")),
                answers,
                List.of());
    }

    private static StoredRules.Rule answer(String id, boolean broken) {
        String status = broken ? "FAIL" : "PASS";
        String sentence = broken ? "told 200, owed 412" : "";
        StoredRules.Exchange exchange = new StoredRules.Exchange(
                new StoredRules.Sent("PUT", "/" + id, List.of(), List.of("If-Match: \"stale\""), "body"),
                new StoredRules.Answer(broken ? 200 : 412, List.of("Content-Length: 0"), "", null));
        String answer = broken ? "200" : "412";
        return new StoredRules.Rule(
                id,
                "a stale tag is refused, rule " + id,
                "MUST",
                "RFC 9110 §13.1.1",
                status,
                sentence,
                broken,
                true,
                List.of(new StoredRules.Example(
                        "",
                        List.of("PUT"),
                        "PUT If-Match: {stale}",
                        "412, unchanged",
                        status,
                        sentence,
                        new StoredRules.Sample(100, 100, new TreeMap<>(Map.of(answer, 100)), Map.of(), 0.03, null),
                        null,
                        List.of(new StoredRules.Witness(
                                answer,
                                false,
                                broken ? List.of(sentence) : List.of(),
                                List.of(),
                                exchange,
                                List.of())))));
    }
}
