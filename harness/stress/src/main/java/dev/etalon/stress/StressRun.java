package dev.etalon.stress;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.TestExecutor;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;
import org.openjdk.jcstress.infra.grading.HTMLReportPrinter;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.infra.runners.TestList;
import org.openjdk.jcstress.os.AffinityMode;
import org.openjdk.jcstress.os.Scheduler;
import org.openjdk.jcstress.os.SchedulingClass;
import org.openjdk.jcstress.os.topology.PresetRegularTopology;
import org.openjdk.jcstress.os.topology.Topology;
import org.openjdk.jcstress.os.topology.TopologyParseException;
import org.openjdk.jcstress.vm.CompileMode;

/**
 * Runs jcstress tests in forked virtual machines, in about the time that the {@link Effort} says.
 *
 * <p>It drives the executor of jcstress itself. The entry point of jcstress would first start some thirty machines to find
 * out which options this one knows, and then run every test in each combination; here the machines are named, so that a
 * build knows what it waits for. It would also leave out tests with more actors than there are processors; here they run,
 * because actors that wait for a server need none.
 *
 * <p>One thread.
 */
public final class StressRun {
    /** Options of every machine: little memory, quick to start, and padding where jcstress asks for it. */
    private static final List<String> SMALL = List.of(
            "-Xms192m",
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-RestrictContended",
            "-XX:-UsePerfData");

    private static final int HEAP_MB = 192;

    /** Few enough that the actors meet often, many enough that their meeting point costs little. */
    private static final int STRIDE = 16;

    private final Path folder;
    private final List<String> options;
    private final Queue<TestResult> results = new ConcurrentLinkedQueue<>();

    /**
     * A run.
     *
     * @param folder for the report of jcstress; made where it is missing
     * @param options of every machine, system properties for the tests say
     */
    public StressRun(Path folder, List<String> options) {
        this.folder = folder;
        this.options = List.copyOf(options);
    }

    /** The names of the tests on the class path, sorted. */
    public static List<String> tests() {
        return TestList.tests().stream().sorted().toList();
    }

    /**
     * Runs tests, as many at a time as there are processors for their actors.
     *
     * @param efforts what to put into which test, by its name
     * @return what each of them showed, by its name
     * @throws IOException when the report cannot be written or jcstress cannot listen for its machines
     * @throws IllegalArgumentException when there is no test of a name
     */
    public SortedMap<String, Shown> run(Map<String, Effort> efforts) throws IOException {
        Files.createDirectories(folder);
        int processors = Math.max(
                Runtime.getRuntime().availableProcessors(),
                efforts.keySet().stream()
                        .mapToInt(name -> TestList.getInfo(name).threads())
                        .max()
                        .orElse(1));
        Topology topology = topology(processors);
        List<TestConfig> configs = new ArrayList<>();
        for (Map.Entry<String, Effort> entry : efforts.entrySet()) {
            configs.addAll(configs(topology, entry.getKey(), entry.getValue()));
        }
        new TestExecutor(options(List.of()).verbosity(), results::add, new Scheduler(topology, processors))
                .runAll(configs);
        InProcessCollector collector = new InProcessCollector();
        results.forEach(collector::add);
        new HTMLReportPrinter(options(List.of()), collector, new PrintStream(PrintStream.nullOutputStream())).work();
        SortedMap<String, Shown> shown = new TreeMap<>();
        for (String test : efforts.keySet()) {
            shown.put(
                    test,
                    shown(
                            test,
                            results.stream()
                                    .filter(result -> result.getName().equals(test))
                                    .toList()));
        }
        return shown;
    }

    /** A machine of so many cores, to which nobody is bound: the real one may be shared, and need not be probed. */
    private static Topology topology(int cores) {
        try {
            return new PresetRegularTopology(1, cores, 1);
        } catch (TopologyParseException e) {
            throw new IllegalStateException("a machine of one node is a machine: cores=" + cores, e);
        }
    }

    private List<TestConfig> configs(Topology topology, String test, Effort effort) throws IOException {
        TestInfo info = TestList.getInfo(test);
        SchedulingClass anywhere = new SchedulingClass(AffinityMode.NONE, info.threads(), topology.nodeType());
        Options parsed = options(List.of(
                "-iters",
                Integer.toString(effort.iterations()),
                "-time",
                Integer.toString(effort.iterationMs()),
                "-strideSize",
                Integer.toString(Math.min(STRIDE, effort.statesMax())),
                "-strideCount",
                Integer.toString(Math.max(1, effort.statesMax() / STRIDE))));
        return effort.machines().stream()
                .map(machine -> Stream.of(SMALL, options, machine)
                        .flatMap(List::stream)
                        .toList())
                .map(arguments -> new TestConfig(parsed, info, 0, arguments, CompileMode.UNIFIED, anywhere))
                .toList();
    }

    private Options options(List<String> more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-r", folder.toString(), "-hs", Integer.toString(HEAP_MB), "-spinStyle", "THREAD_YIELD"));
        arguments.addAll(more);
        Options parsed = new Options(arguments.toArray(String[]::new));
        if (!parsed.parse()) {
            throw new IllegalStateException("jcstress does not take its options: options=" + arguments);
        }
        return parsed;
    }

    private static Shown shown(String test, Collection<TestResult> results) {
        Map<String, Shown.Graded> outcomes = new LinkedHashMap<>();
        List<String> failures = new ArrayList<>();
        for (TestResult result : results) {
            if (result.status() != Status.NORMAL) {
                failures.add(result.status() + " in a machine with " + result.getConfig().jvmArgs + ": "
                        + String.join("\n", result.getMessages()));
            }
            for (GradingResult graded : result.grading().gradingResults.values()) {
                if (graded.count > 0) {
                    outcomes.merge(
                            graded.id,
                            new Shown.Graded(graded.id, graded.count, graded.expect, graded.description),
                            (a, b) -> new Shown.Graded(
                                    a.outcome(), a.samples() + b.samples(), a.expect(), a.description()));
                }
            }
        }
        return new Shown(
                test,
                outcomes.values().stream()
                        .sorted(Comparator.comparingLong(Shown.Graded::samples).reversed())
                        .toList(),
                failures);
    }
}
