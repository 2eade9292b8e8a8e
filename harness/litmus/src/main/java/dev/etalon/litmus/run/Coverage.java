package dev.etalon.litmus.run;

import dev.etalon.core.model.Grade;
import dev.etalon.core.model.Shape;
import dev.etalon.core.session.CellResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What litmus tests covered, as text: how much was raced, how fast, and which outcomes were seen. */
public final class Coverage {
    private static final double MS = 1000;

    private Coverage() {}

    /** A line for each target and one for all of them. */
    public static String of(List<CellResult> results) {
        Map<String, List<CellResult.Run>> targets = new LinkedHashMap<>();
        results.forEach(cell -> cell.ran()
                .ifPresent(run -> targets.computeIfAbsent(cell.target().name(), name -> new ArrayList<>())
                        .add(run)));
        StringBuilder text = new StringBuilder();
        targets.forEach((target, runs) -> text.append(line(target, runs)));
        List<CellResult.Run> all =
                targets.values().stream().flatMap(List::stream).toList();
        long notRun = results.stream().filter(cell -> cell.ran().isEmpty()).count();
        text.append(line("litmus tests in all", all));
        if (notRun > 0) {
            text.append(notRun).append(" not run\n");
        }
        return text.toString();
    }

    private static String line(String name, List<CellResult.Run> runs) {
        int samples =
                runs.stream().mapToInt(run -> run.verdict().rounds().raced()).sum();
        int planned =
                runs.stream().mapToInt(run -> run.verdict().rounds().planned()).sum();
        int requests =
                runs.stream().mapToInt(run -> run.history().operations().size()).sum();
        double seconds = runs.stream()
                        .flatMap(run -> run.phases().stream())
                        .filter(phase -> phase.name().equals("race"))
                        .mapToLong(phase -> phase.endMs() - phase.startMs())
                        .sum()
                / MS;
        List<Shape> shapes = runs.stream()
                .flatMap(run -> run.verdict().rounds().shapes().stream())
                .toList();
        return String.format(
                Locale.ROOT,
                "%s: %d runs, %,d of %,d samples and %,d recorded requests in %.1f s (%.0f samples a second); %s\n",
                name,
                runs.size(),
                samples,
                planned,
                requests,
                seconds,
                seconds == 0 ? 0 : samples / seconds,
                List.of(Grade.values()).stream()
                        .map(grade -> grade + " " + Shape.rounds(Shape.of(grade, shapes)))
                        .collect(Collectors.joining(", ")));
    }
}
