package dev.etalon.reports.html;

import dev.etalon.core.model.RoundTally;
import dev.etalon.core.model.Shape;
import dev.etalon.core.report.StoredRace;
import dev.etalon.core.store.Latency;
import dev.etalon.core.store.LatencyLog;
import dev.etalon.core.store.RunFolder;
import dev.etalon.core.store.StoredVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A run.
 *
 * @param race what is stored of it
 * @param mark how it counts
 * @param sentence why
 * @param promise what must hold; empty when that was not stored
 * @param proofs its anomalies that have a page
 * @param latencies how long its requests took; empty when nobody can tell
 * @param others every other run of the same scenario on the same target, the newest first
 */
public record RunView(
        StoredRace race,
        Mark mark,
        String sentence,
        String promise,
        List<AnomalyPages.Proof> proofs,
        List<Latency> latencies,
        List<StoredRace> others) {
    /** Rarer outcomes are left out, with a notice. */
    public static final int SHAPES_MAX = 60;

    /** Older runs are left out, with a notice. */
    public static final int OTHERS_MAX = 50;

    /** A run of an archive. */
    static RunView of(StoredRace race, String promise, List<AnomalyPages.Proof> proofs, List<StoredRace> others) {
        return new RunView(race, mark(race), race.sentence(), promise, proofs, latencies(List.of(race)), others);
    }

    /** Latencies of several runs together: those that can be read. */
    static List<Latency> latencies(List<StoredRace> races) {
        List<Path> files = races.stream()
                .map(race -> new RunFolder(race.folder()).latencies())
                .filter(Files::isRegularFile)
                .toList();
        try {
            return LatencyLog.read(files);
        } catch (IOException e) {
            // They are beside the point of a run: without them it is still shown.
            return List.of();
        }
    }

    /** How a run counts. */
    public static Mark mark(StoredRace race) {
        return Mark.ofCell(race.status());
    }

    /** How an outcome counts. */
    public Mark mark(Shape shape) {
        return Mark.ofGrade(shape.grade());
    }

    /** How many anomalies there are, those without a page too. */
    public int anomalies() {
        return race.verdict()
                .map(verdict -> verdict.anomalies().values().stream()
                        .mapToInt(StoredVerdict.Count::count)
                        .sum())
                .orElse(0);
    }

    /** How many anomalies there are beside those that have a page. */
    public int anomaliesLeftOut() {
        return Math.max(0, anomalies() - proofs.size());
    }

    /** How its rounds went. */
    public RoundTally rounds() {
        return race.rounds();
    }

    /** Its folder as it is named in the folder of all runs. */
    public String folder() {
        return race.scenario() + "/" + race.target() + "/" + race.folder().getFileName();
    }
}
