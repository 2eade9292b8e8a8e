package dev.etalon.litmus.run;

import dev.etalon.core.model.Grade;
import dev.etalon.core.model.Graded;
import dev.etalon.core.model.History;
import dev.etalon.core.model.SafeUrl;
import dev.etalon.core.model.Shape;
import dev.etalon.core.plan.Budget;
import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Expectation;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.Versioning;
import dev.etalon.core.plan.Workload;
import dev.etalon.core.run.Stop;
import dev.etalon.core.session.ForeignRace;
import dev.etalon.core.store.RunFolder;
import dev.etalon.core.target.RunningTarget;
import dev.etalon.core.target.TargetInfo;
import dev.etalon.litmus.Grades;
import dev.etalon.litmus.Needs;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;
import org.openjdk.jcstress.infra.grading.HTMLReportPrinter;
import org.openjdk.jcstress.infra.runners.ForkedTestConfig;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.os.AffinityMode;
import org.openjdk.jcstress.os.NodeType;
import org.openjdk.jcstress.os.SchedulingClass;
import org.openjdk.jcstress.util.Environment;
import org.openjdk.jcstress.vm.CompileMode;

/** A litmus test as a scenario over one protocol. */
final class LitmusRace implements ForeignRace {
    /** More than a sample of any test sends: set up twice, three actors with two requests each, look, clean up. */
    private static final int REQUESTS_PER_SAMPLE = 16;

    private static final int SECONDS_MIN = 30;

    /** A second for so many samples is slow for a server. */
    private static final int SAMPLES_PER_SECOND = 4;

    /** What was begun in time may still end. */
    private static final long GRACE_MS = TimeUnit.SECONDS.toMillis(90);

    /** Two make a pair; and a pair is more than the trial that jcstress begins with, which is one, too. */
    private static final int SAMPLES_MIN = 4;

    /** jcstress gives up a test of which two samples take more than 30 s; a request that hangs must not be what decides. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    /** Settings of the user that say how to talk to any server. */
    private static final List<String> TALK = List.of("etalon.http-version", "etalon.trust");

    private static final Graded NOTHING = new Graded(List.of(), 0);

    private final LitmusRaces races;
    private final TestInfo test;
    private final Protocol protocol;
    private final @Nullable Needs needs;

    LitmusRace(LitmusRaces races, TestInfo test, Protocol protocol, @Nullable Needs needs) {
        this.races = races;
        this.test = test;
        this.protocol = protocol;
        this.needs = needs;
    }

    @Override
    public String id() {
        return protocol.name().toLowerCase(Locale.ROOT) + "/litmus"
                + name().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** The simple name of the class. */
    private String name() {
        return test.name().substring(test.name().lastIndexOf('.') + 1);
    }

    @Override
    public String promise() {
        return test.description() + ": no outcome is seen that is forbidden";
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    /** The first that its author named; If-Match where there is none, to which everything else is compared. */
    @Override
    public Capability needs() {
        return capabilities().stream().findFirst().orElse(Capability.PUT_IF_MATCH);
    }

    @Override
    public List<Capability> capabilities() {
        return needs == null ? List.of() : List.of(needs.value());
    }

    @Override
    public int endpoints() {
        return needs == null ? 1 : needs.endpoints();
    }

    /** A sample for each round that may be raced. */
    @Override
    public Workload workload(long seed, Budget budget) {
        int samples = Math.max(SAMPLES_MIN, budget.rounds() / 2 * 2);
        return new Workload.Samples(
                name(), samples, test.threads(), Math.max(SECONDS_MIN, samples / SAMPLES_PER_SECOND));
    }

    @Override
    public List<Expectation> expectations() {
        List<Expectation> expectations = new ArrayList<>();
        test.cases()
                .forEach(each -> expectations.add(new Expectation(
                        each.matchPattern(), Grade.valueOf(each.expect().name()), each.description())));
        return expectations;
    }

    @Override
    public String repeat(TargetInfo info, RunningTarget target, Budget budget) {
        boolean external = info.kind() == TargetInfo.Kind.EXTERNAL;
        return "mvn verify -pl scenarios/litmus -am -Detalon.litmus=" + id() + " -Detalon.litmus.samples="
                + budget.rounds()
                + (external
                        ? " " + SafeUrl.quoted("-Detalon.url=" + target.url()) + " -Detalon.name=" + info.name()
                                + " -Detalon.protocol=" + protocol.name().toLowerCase(Locale.ROOT)
                                + target.addresses().stream()
                                        .findFirst()
                                        .map(address -> address.get("etalon.bucket"))
                                        .map(bucket -> " -Detalon.bucket=" + bucket)
                                        .orElse("")
                        : " -Detalon.litmus.targets=" + info.name())
                + (target.versioning().equals(List.of(Versioning.OFF))
                        ? ""
                        : " -Detalon.versioning=" + Versioning.labels(target.versioning()));
    }

    @Override
    public Graded race(Plan plan, RunFolder folder, History.Origin origin, RunningTarget target, Stop stop)
            throws IOException, InterruptedException {
        Workload.Samples samples = (Workload.Samples) plan.workload();
        Optional<Map<String, String>> settings = settings(target);
        if (settings.isEmpty()) {
            stop.request("the target does not say how another process reaches it");
            return NOTHING;
        }
        Options options = options(samples.samples(), folder);
        TestConfig config = new TestConfig(
                options,
                test,
                0,
                List.of(),
                CompileMode.UNIFIED,
                new SchedulingClass(AffinityMode.NONE, test.threads(), NodeType.PACKAGE));
        Order order = new Order(
                settings.get(),
                origin,
                folder.history().toString(),
                (long) REQUESTS_PER_SAMPLE * samples.samples(),
                TimeUnit.SECONDS.toMillis(samples.secondsMax()));
        Optional<TestResult> raced =
                races.fork().race(order, new ForkedTestConfig(config), order.timeMs() + GRACE_MS, stop);
        if (raced.isEmpty()) {
            return NOTHING;
        }
        TestResult result = raced.get();
        if (result.status() != Status.NORMAL) {
            // What follows the first two is where in the code it was.
            stop.request("jcstress says " + result.status() + ": "
                    + result.getMessages().stream()
                            .flatMap(String::lines)
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .limit(2)
                            .collect(Collectors.joining("; ")));
        }
        result.setConfig(config);
        result.setEnv(Environment.getInstance());
        InProcessCollector collector = new InProcessCollector();
        collector.add(result);
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new HTMLReportPrinter(options, collector, nowhere).work();
        }
        return graded(result);
    }

    private Optional<Map<String, String>> settings(RunningTarget target) {
        List<Map<String, String>> addresses = target.addresses();
        if (addresses.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> settings = new TreeMap<>(addresses.get(0));
        TALK.forEach(key -> races.settings().get(key).ifPresent(value -> settings.put(key, value)));
        // A server that we started goes with all it has.
        boolean stays = races.settings().get("etalon.url").isPresent();
        settings.put("etalon.keep", Boolean.toString(!stays || races.settings().keep()));
        Duration usual = races.settings().callTimeout();
        settings.put("etalon.timeout", (usual.compareTo(CALL_TIMEOUT) < 0 ? usual : CALL_TIMEOUT).toString());
        settings.put(
                "etalon.litmus.urls",
                addresses.stream().map(address -> address.get("etalon.url")).collect(Collectors.joining(",")));
        return Optional.of(settings);
    }

    /**
     * No time in which samples are repeated, but so many iterations: each is two samples, the first of which begins when its
     * threads do, the second when all are at a barrier. Two more are jcstress's trial of the test, whose actors have threads
     * that are started at once, too.
     *
     * <p>Who waits at a barrier lets others have the processor: the server, above all.
     */
    private static Options options(int samples, RunFolder folder) throws IOException {
        String[] arguments = {
            "-time",
            "0",
            "-iters",
            Integer.toString((samples - 2) / 2),
            "-spinStyle",
            "LOCKSUPPORT_PARK_NANOS",
            "-r",
            folder.path().resolve("jcstress").toString()
        };
        Options options = new Options(arguments);
        if (!options.parse()) {
            throw new IllegalStateException("jcstress took none of its options: " + List.of(arguments));
        }
        return options;
    }

    private static Graded graded(TestResult result) {
        List<GradingResult> raced = result.grading().gradingResults.values().stream()
                .filter(each -> each.count > 0 && !each.id.contains(Grades.UNSENT))
                .toList();
        double samples = raced.stream().mapToLong(each -> each.count).sum();
        long told = raced.stream()
                .filter(each -> !each.id.contains(Grades.UNTOLD))
                .mapToLong(each -> each.count)
                .sum();
        return new Graded(
                raced.stream()
                        .map(each -> new Shape(
                                each.id,
                                (int) each.count,
                                each.count / samples,
                                Grade.valueOf(each.expect.name()),
                                each.description))
                        .sorted(Comparator.comparingInt(Shape::count).reversed())
                        .toList(),
                (int) told);
    }
}
