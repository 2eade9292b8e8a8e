package dev.etalon.core.store;

import dev.etalon.core.model.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;

/**
 * What one run leaves behind: {@code <runs>/<scenario>/<target>/<UTC>-<seed>/}, for rules {@code <runs>/rules/<target>/<UTC>/},
 * for what was planned together {@code <runs>/sessions/<UTC>-<seed>/}.
 *
 * <p>Thread-safe as far as the file system is.
 *
 * @param path the folder; it exists
 */
public record RunFolder(Path path) {
    /** Name of the file that tells the machine and the server. */
    public static final String ENVIRONMENT = "environment.json";

    /** Name of the file that holds the command which repeats the plan. */
    public static final String REPEAT = "repeat.txt";

    /** Name of the file that holds the plan. */
    public static final String PLAN = "plan.json";

    /** Name of the file that holds what was found, and how the run ended. */
    public static final String VERDICT = "verdict.json";

    /** Name of the file that holds the verdicts on rules. */
    public static final String RULES = "rules.json";

    /** Name of the file that holds what became of the cells that were planned together. */
    public static final String SESSION = "session.json";

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    /**
     * Makes a new folder.
     *
     * @throws IOException with a sentence that says what to do, when it cannot be made
     */
    public static RunFolder create(Path runs, String scenario, String target, Instant at, long seed)
            throws IOException {
        return create(runs.resolve(scenario).resolve(target).resolve(UTC.format(at) + "-" + Long.toHexString(seed)));
    }

    /**
     * Makes a new folder for the rules that are put to a target: {@code <runs>/rules/<target>/<UTC>/}.
     *
     * @throws IOException with a sentence that says what to do, when it cannot be made
     */
    public static RunFolder forRules(Path runs, String target, Instant at) throws IOException {
        return create(runs.resolve("rules").resolve(target).resolve(UTC.format(at)));
    }

    /**
     * Makes a new folder for a session: {@code <runs>/sessions/<UTC>-<seed>/}.
     *
     * @throws IOException with a sentence that says what to do, when it cannot be made
     */
    public static RunFolder forSession(Path runs, Instant at, long seed) throws IOException {
        return create(runs.resolve("sessions").resolve(UTC.format(at) + "-" + Long.toHexString(seed)));
    }

    private static RunFolder create(Path path) throws IOException {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw unstored("the run folder " + path, e);
        }
        return new RunFolder(path);
    }

    /** The recorded history. */
    public Path history() {
        return path.resolve("history.etl");
    }

    /** How long requests took. */
    public Path latencies() {
        return path.resolve("latency.hlog");
    }

    /** The server's own log, if it could be had. */
    public Path serverLog() {
        return path.resolve("server.log");
    }

    /** What was planned. */
    public Path plan() {
        return path.resolve(PLAN);
    }

    /** What was found. */
    public Path verdict() {
        return path.resolve(VERDICT);
    }

    /** What came of rules. */
    public Path rules() {
        return path.resolve(RULES);
    }

    /** What became of the cells of a session. */
    public Path session() {
        return path.resolve(SESSION);
    }

    /** When the run began, as the folder's name tells; empty when somebody gave it another name. */
    public Optional<Instant> begun() {
        String name = String.valueOf(path.getFileName());
        try {
            return Optional.of(UTC.parse(name.split("-", 2)[0], Instant::from));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Writes a value as JSON. */
    public void writeJson(String name, Object value) throws IOException {
        writeText(name, Json.MAPPER.writeValueAsString(value) + "\n");
    }

    /** Writes a text file, making its parent folder. */
    public void writeText(String name, String text) throws IOException {
        write(name, file -> Files.writeString(file, text));
    }

    /** Writes a history as JSON Lines, making its parent folder. */
    public void writeHistory(String name, History history) throws IOException {
        write(name, file -> HistoryLines.write(file, history));
    }

    private interface Writing {
        void to(Path file) throws IOException;
    }

    private void write(String name, Writing writing) throws IOException {
        Path file = path.resolve(name);
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            writing.to(file);
        } catch (IOException e) {
            throw unstored(file.toString(), e);
        }
    }

    private static IOException unstored(String what, IOException e) {
        return new IOException(
                what + " could not be stored (" + e.getMessage() + "); free space there, or name another folder with"
                        + " etalon.runs",
                e);
    }
}
