package dev.etalon.reports.anomaly;

import dev.etalon.core.check.Judge;
import dev.etalon.core.model.Completion;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Workload;
import dev.etalon.core.report.Archive;
import dev.etalon.core.report.StoredRace;
import dev.etalon.core.store.HistoryLines;
import dev.etalon.core.store.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells a run whose updates are lost, in milliseconds, and stores it as a run is stored. */
final class Telling {
    private static final long MS = 1_000_000;
    private static final long RUN = 7;

    private final String scenario;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<Integer, Integer> sequences = new HashMap<>();

    Telling(String scenario) {
        this.scenario = scenario;
    }

    /** A lost update on a key, from a time on: two writers get the same tag, and both are accepted. */
    Telling lostUpdate(int key, String tag, long at) {
        Operation base = put(key, 0, Precondition.NONE, tag, at, at + 1, 0);
        get(key, base, tag, at + 2, at + 3);
        Precondition same = Precondition.ifMatch(new EntityTag(tag), base.version());
        put(key, 1, same, null, at + 4, at + 9, at + 8);
        Operation survivor = put(key, 2, same, null, at + 5, at + 7, 0);
        put(key, 3, same, at + 5);
        get(key, survivor, "\"after-" + at + "\"", at + 10, at + 11);
        return this;
    }

    private Operation put(
            int key, int actor, Precondition on, @Nullable String tag, long from, long to, long released) {
        return add(
                invocation(key, actor, Method.PUT, on, version(actor), from),
                new Completion(
                        operations.size() + 1L,
                        204,
                        Outcome.APPLIED,
                        tag == null ? null : new EntityTag(tag),
                        Observation.NOTHING,
                        released * MS,
                        to * MS));
    }

    /** A write that is never answered. */
    private void put(int key, int actor, Precondition on, long from) {
        operations.add(new Operation(invocation(key, actor, Method.PUT, on, version(actor), from), null));
    }

    private void get(int key, Operation shown, String tag, long from, long to) {
        add(
                invocation(key, 0, Method.GET, Precondition.NONE, null, from),
                new Completion(
                        operations.size() + 1L,
                        200,
                        Outcome.APPLIED,
                        new EntityTag(tag),
                        new Observation.Seen(shown.version(), shown.parent(), 1),
                        0,
                        to * MS));
    }

    private Version version(int actor) {
        return new Version(actor, sequences.merge(actor, 1, Integer::sum));
    }

    private Invocation invocation(
            int key, int actor, Method method, Precondition on, @Nullable Version writes, long from) {
        return new Invocation(operations.size() + 1L, actor, key, key, 0, method, on, writes, 1, from * MS);
    }

    private Operation add(Invocation invocation, Completion completion) {
        Operation op = new Operation(invocation, completion);
        operations.add(op);
        return op;
    }

    History history() {
        return new History(
                new History.Origin(RUN, "etalon-", scenario, "server", "desk", "2026-01-01T12:00:00Z", 0),
                operations,
                List.of());
    }

    Finding first() {
        return Judge.judge(history()).findings().get(0);
    }

    /** The run, below a folder, with the address that it was sent to. */
    StoredRace stored(Path runs, String url) throws IOException {
        return stored(runs, Map.of("url", url));
    }

    /** The run, below a folder, with what was stored of the machine and the server. */
    StoredRace stored(Path runs, Map<String, String> environment) throws IOException {
        RunFolder folder = RunFolder.create(runs, scenario, "server", Instant.parse("2026-01-01T12:00:00Z"), 412);
        folder.writeJson(
                RunFolder.PLAN, new Plan(scenario, 412, RUN, "etalon-", new Workload.Counter(0, 2, 3, 4, 512)));
        folder.writeJson(RunFolder.ENVIRONMENT, environment);
        folder.writeText(RunFolder.REPEAT, "etalon race --scenario " + scenario + " --target server --seed 0x19c\n");
        HistoryLines.write(folder.history(), history());
        return Archive.read(List.of(runs)).races().get(0);
    }
}
