package dev.etalon.stress;

import dev.etalon.stress.Shown.Graded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestList;

/** Runs jcstress tests of what needs processors, in about the time that their {@link Effort} says. One thread. */
public final class StressRun {
    private static final int HEAP_MB = 192;

    /** Options of every machine: little memory, quick to start, and padding where jcstress asks for it. */
    private static final List<String> SMALL = List.of(
            "-Xms" + HEAP_MB + "m",
            "-Xmx" + HEAP_MB + "m",
            "-XX:+UseSerialGC",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-RestrictContended",
            "-XX:-UsePerfData");

    /** Few enough that the actors meet often, many enough that their meeting point costs little. */
    private static final int STRIDE = 16;

    private final Path folder;

    /**
     * A run.
     *
     * @param folder for the report of jcstress; made where it is missing
     */
    public StressRun(Path folder) {
        this.folder = folder;
    }

    /** The names of the tests on the class path, sorted. */
    public static List<String> tests() {
        return TestList.tests().stream().sorted().toList();
    }

    /**
     * Runs tests.
     *
     * @param efforts what to put into which test, by its name
     * @return what each of them showed, by its name
     * @throws IOException when the report cannot be written, or jcstress cannot listen for its machines
     * @throws IllegalArgumentException when there is no test of a name
     */
    public SortedMap<String, Shown> run(Map<String, Effort> efforts) throws IOException {
        Files.createDirectories(folder);
        List<Forks.Fork> forks = new ArrayList<>();
        for (Map.Entry<String, Effort> entry : efforts.entrySet()) {
            Options options = options(entry.getValue());
            for (List<String> machine : entry.getValue().machines()) {
                List<String> arguments = new ArrayList<>(SMALL);
                arguments.addAll(machine);
                forks.add(new Forks.Fork(TestList.getInfo(entry.getKey()), options, arguments));
            }
        }
        SortedMap<String, Shown> shown = new TreeMap<>();
        for (TestResult result : Forks.run(options(new Effort(Effort.USUAL, 0, 0, 1)), forks)) {
            shown.merge(result.getName(), shown(result), Shown::plus);
        }
        return shown;
    }

    private Options options(Effort effort) throws IOException {
        String[] arguments = {
            "-r", folder.toString(),
            "-hs", Integer.toString(HEAP_MB),
            "-iters", Integer.toString(effort.iterations()),
            "-time", Integer.toString(effort.iterationMs()),
            "-strideSize", Integer.toString(Math.min(STRIDE, effort.statesMax())),
            "-strideCount", Integer.toString(Math.max(1, effort.statesMax() / STRIDE)),
            // Costs nothing where a processor is free; where none is, who spins keeps his partner from it.
            "-spinStyle", "THREAD_YIELD"
        };
        Options options = new Options(arguments);
        if (!options.parse()) {
            throw new IllegalStateException("jcstress does not take its options: options=" + List.of(arguments));
        }
        return options;
    }

    private static Shown shown(TestResult result) {
        List<Graded> outcomes = result.grading().gradingResults.values().stream()
                .filter(seen -> seen.count > 0)
                .map(seen -> new Graded(seen.id, seen.count, seen.expect, seen.description))
                .toList();
        List<String> failures = result.status() == Status.NORMAL
                ? List.of()
                : List.of(result.status() + " in a machine with " + result.getConfig().jvmArgs + ": "
                        + String.join("\n", result.getMessages()));
        return new Shown(result.getName(), outcomes, failures);
    }
}
