package dev.etalon.core.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.etalon.core.model.Graded;
import dev.etalon.core.model.History;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A run read back from its folder, with everything that its verdict followed from.
 *
 * @param history what happened
 * @param plan what was planned; empty for a history on its own
 * @param endedEarly why the run ended before its plan did
 * @param verdict what was found at the time; empty for a history on its own, or when nothing was stored
 */
public record StoredRun(
        History history, Optional<Plan> plan, Optional<String> endedEarly, Optional<StoredVerdict> verdict) {
    /** Why a run without a verdict is undecided. */
    public static final String UNFINISHED = "no verdict was stored, so the process that ran it ended first";

    /** What another harness made of its samples, where one raced it and the verdict was stored. */
    public Optional<Graded> graded() {
        return plan.filter(each -> each.workload() instanceof Workload.Samples)
                .flatMap(each -> verdict)
                .map(StoredVerdict::rounds)
                .map(rounds -> new Graded(rounds.shapes(), rounds.raced()));
    }

    /**
     * Reads a run folder, or a history file. A file that lies in its run folder is that run.
     *
     * @throws HistoryFormatException with one sentence for the user, whatever the reason
     */
    public static StoredRun read(Path path) throws HistoryFormatException {
        History history = HistoryFiles.read(path);
        Optional<RunFolder> folder = folder(path);
        if (folder.isEmpty()) {
            return new StoredRun(history, Optional.empty(), Optional.empty(), Optional.empty());
        }
        Plan plan = plan(folder.get().plan());
        if (plan.run() != history.origin().run()) {
            throw new HistoryFormatException("plan and history are of different runs: file="
                    + folder.get().plan() + "; remove it to judge the history alone");
        }
        Path file = folder.get().verdict();
        if (!Files.exists(file)) {
            return new StoredRun(history, Optional.of(plan), Optional.of(UNFINISHED), Optional.empty());
        }
        try {
            StoredVerdict verdict = verdict(file);
            return new StoredRun(
                    history, Optional.of(plan), Optional.ofNullable(verdict.endedEarly()), Optional.of(verdict));
        } catch (IOException e) {
            // The disk was full, say: the history is still to be judged, but not to pass.
            return new StoredRun(
                    history,
                    Optional.of(plan),
                    Optional.of("nobody can tell, because its " + RunFolder.VERDICT + " cannot be read"),
                    Optional.empty());
        }
    }

    /**
     * A run without its history.
     *
     * @param plan what was planned
     * @param verdict what was found at the time; empty when nothing readable was stored
     * @param environment the machine and the server, by name; empty when it was not stored
     * @param repeat the command that repeats the plan; empty when it was not stored
     */
    public record Summary(Plan plan, Optional<StoredVerdict> verdict, Map<String, String> environment, String repeat) {}

    /**
     * Reads a run folder, all but its history.
     *
     * @throws HistoryFormatException with one sentence for the user, when there is no readable plan
     */
    public static Summary summary(RunFolder folder) throws HistoryFormatException {
        Plan plan = plan(folder.plan());
        Optional<StoredVerdict> verdict = Optional.empty();
        Map<String, String> environment = Map.of();
        String repeat = "";
        try {
            if (Files.exists(folder.verdict())) {
                verdict = Optional.of(verdict(folder.verdict()));
            }
            Path machine = folder.path().resolve(RunFolder.ENVIRONMENT);
            if (Files.exists(machine)) {
                environment =
                        Json.MAPPER.readValue(machine.toFile(), new TypeReference<LinkedHashMap<String, String>>() {});
            }
            Path command = folder.path().resolve(RunFolder.REPEAT);
            if (Files.exists(command)) {
                repeat = Files.readString(command).strip();
            }
        } catch (IOException e) {
            // The disk was full, say. What could be read is shown, and a run without a verdict is undecided.
            return new Summary(plan, verdict, environment, repeat);
        }
        return new Summary(plan, verdict, environment, repeat);
    }

    /** The run folder that a path names or lies in, if it has a plan. */
    private static Optional<RunFolder> folder(Path path) {
        Path absolute = path.toAbsolutePath();
        RunFolder folder = new RunFolder(Files.isDirectory(absolute) ? absolute : absolute.resolveSibling(""));
        boolean own = Files.isDirectory(absolute) || absolute.equals(folder.history());
        return Optional.of(folder).filter(run -> own && Files.isRegularFile(run.plan()));
    }

    private static StoredVerdict verdict(Path file) throws IOException {
        return Complete.check(Json.MAPPER.readValue(file.toFile(), StoredVerdict.class));
    }

    private static Plan plan(Path file) throws HistoryFormatException {
        try {
            return Json.MAPPER.readValue(file.toFile(), Plan.class);
        } catch (JsonProcessingException e) {
            String line =
                    e.getLocation() == null ? "" : " line=" + e.getLocation().getLineNr();
            throw new HistoryFormatException(
                    "a plan that cannot be read: file=" + file + line + "; remove it to judge the history alone", e);
        } catch (IOException e) {
            throw new HistoryFormatException(
                    "a plan that cannot be read: file=" + file + " (" + e.getMessage()
                            + "); remove it to judge the history alone",
                    e);
        }
    }
}
