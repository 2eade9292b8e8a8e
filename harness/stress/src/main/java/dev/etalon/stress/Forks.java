package dev.etalon.stress;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.TestExecutor;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.HTMLReportPrinter;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.os.AffinityMode;
import org.openjdk.jcstress.os.Scheduler;
import org.openjdk.jcstress.os.SchedulingClass;
import org.openjdk.jcstress.os.topology.PresetRegularTopology;
import org.openjdk.jcstress.os.topology.Topology;
import org.openjdk.jcstress.os.topology.TopologyParseException;
import org.openjdk.jcstress.util.Environment;
import org.openjdk.jcstress.vm.CompileMode;

/**
 * Runs jcstress tests, each in a virtual machine that is forked for it, and has jcstress write its report.
 *
 * <p>It puts the parts of jcstress together itself. Their entry point would first start some thirty machines to find out
 * which options this one knows, and would then run every test in each combination; here the machines are named, so that a
 * build knows what it waits for. It would also leave out tests with more actors than there are processors.
 */
public final class Forks {
    private Forks() {}

    /**
     * A test in a machine.
     *
     * @param test which
     * @param options how long and in what portions, as jcstress understands it
     * @param machine the options of its virtual machine
     */
    public record Fork(TestInfo test, Options options, List<String> machine) {}

    /**
     * Runs them, as many at a time as there are processors for their actors; actors are bound to none.
     *
     * @param report says where jcstress puts its report
     * @param forks what to run
     * @return one result for each fork, in no order
     * @throws IOException when the report cannot be written, or jcstress cannot listen for its machines
     */
    public static Collection<TestResult> run(Options report, List<Fork> forks) throws IOException {
        int actorsMax =
                forks.stream().mapToInt(fork -> fork.test().threads()).max().orElse(1);
        int processors = Math.max(actorsMax, Runtime.getRuntime().availableProcessors());
        Topology topology = topology(processors);
        List<TestConfig> configs = forks.stream()
                .map(fork -> new TestConfig(
                        fork.options(),
                        fork.test(),
                        0,
                        fork.machine(),
                        CompileMode.UNIFIED,
                        new SchedulingClass(AffinityMode.NONE, fork.test().threads(), topology.nodeType())))
                .toList();
        Queue<TestResult> results = new ConcurrentLinkedQueue<>();
        new TestExecutor(report.verbosity(), results::add, new Scheduler(topology, processors)).runAll(configs);
        InProcessCollector collector = new InProcessCollector();
        for (TestResult result : results) {
            result.setEnv(Environment.getInstance());
            collector.add(result);
        }
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new HTMLReportPrinter(report, collector, nowhere).work();
        }
        return results;
    }

    /** A machine of so many cores: the real one may be shared, and need not be probed to bind nobody to it. */
    private static Topology topology(int cores) {
        try {
            return new PresetRegularTopology(1, cores, 1);
        } catch (TopologyParseException e) {
            throw new IllegalStateException("a machine of one node is a machine: cores=" + cores, e);
        }
    }
}
