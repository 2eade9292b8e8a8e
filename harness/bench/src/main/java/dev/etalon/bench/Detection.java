package dev.etalon.bench;

import dev.etalon.core.check.Judge;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.StrategyTally;
import dev.etalon.core.model.Timing;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.plan.Alignment;
import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Intent;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.RequestShape;
import dev.etalon.core.plan.RoundPlan;
import dev.etalon.core.plan.Workload;
import dev.etalon.core.run.Runner;
import dev.etalon.core.run.Stop;
import dev.etalon.core.store.HistoryReader;
import dev.etalon.core.store.Recorder;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.Settings;
import dev.etalon.targets.client.HttpAccess;
import dev.etalon.targets.client.WireOptions;
import dev.etalon.targets.mutant.Mutant;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.HttpUrl;

/**
 * What each alignment strategy catches: rounds with several winners on a server that checks, and acts a moment later. The
 * server is a process of its own; the rounds go through the runner, the recorder and the judge as those of any race do.
 *
 * <p>A cell is a mutant, a number of racers and a size of bodies. Its strategies take turns in blocks of fifty rounds, in
 * an order drawn for each turn, so that noise hits all of them alike.
 */
final class Detection {
    /** As the rotation of plans has it. */
    private static final int BLOCK_ROUNDS = 50;

    /** The longest pause of a block with dither, as the rotation of plans has them, in nanoseconds. */
    private static final int[] DITHER_NS = {0, 20_000, 60_000, 200_000};

    private static final String MUTANTS =
            "checks-then-acts-0us,checks-then-acts-10us,checks-then-acts-100us,checks-then-acts-1000us";

    private final PrintStream out;
    private final List<Mutant> mutants;
    private final List<Integer> racers;
    private final List<Integer> bodies;
    private final List<Alignment> strategies;
    private final WireOptions wire;
    private final int rounds;
    private final long seed;
    private long runs;

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException with a sentence when one makes no sense
     */
    Detection(Arguments arguments, PrintStream out) {
        this.out = out;
        boolean multiplexed = switch (arguments.text("http", "1.1")) {
            case "1.1" -> false;
            case "2" -> true;
            default -> throw new IllegalArgumentException("http is 1.1 or 2, in clear text");
        };
        this.wire = multiplexed
                ? new WireOptions(WireOptions.Version.HTTP_2_CLEARTEXT, Settings.CALL_TIMEOUT, Optional.empty())
                : WireOptions.DEFAULT;
        this.mutants = words(arguments.text("mutants", MUTANTS)).stream()
                .map(MutantHost::named)
                .toList();
        this.racers = numbers(arguments.text("racers", "2,8"));
        this.bodies = numbers(arguments.text("bodies", multiplexed ? "512" : "512,262144"));
        List<String> labels = words(arguments.text(
                "strategies",
                multiplexed
                        ? "barrier,last-byte,gate,h2-single-packet"
                        : "cold-burst,pool-burst,barrier,hold-body,last-byte,gate,gate+dither,held-upload,stride"));
        this.strategies = Alignment.labelled("strategies", labels).stream()
                .sorted(Comparator.comparing(alignment -> labels.indexOf(alignment.label())))
                .toList();
        this.rounds = (int) arguments.number("rounds", 200);
        this.seed = arguments.number("seed", 1);
    }

    private static List<String> words(String list) {
        return Arrays.asList(list.split(","));
    }

    private static List<Integer> numbers(String list) {
        return words(list).stream().map(Integer::valueOf).toList();
    }

    /** Some rounds of one strategy in a row. */
    private record Block(Alignment alignment, List<RoundPlan> rounds) {}

    void run() throws Exception {
        out.printf(Locale.ROOT, "detect: %d rounds for each strategy, all racers fresh, seed %d%n", rounds, seed);
        Path folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), ".detect");
        try (MutantHost host = MutantHost.start()) {
            // Once before, for the compilers' sake.
            race(host, mutants.get(0), racers.get(0), blocks(racers.get(0), bodies.get(0), 1), folder);
            for (Mutant mutant : mutants) {
                for (int k : racers) {
                    for (int bodyBytes : bodies) {
                        List<Block> blocks = blocks(k, bodyBytes, (rounds + BLOCK_ROUNDS - 1) / BLOCK_ROUNDS);
                        double load = load();
                        Raced raced = race(host, mutant, k, blocks, folder);
                        out.printf(
                                Locale.ROOT,
                                "%n%s, %d racers, %,d bytes, load %.1f%n",
                                mutant.name(),
                                k,
                                bodyBytes,
                                load);
                        say(blocks, raced);
                    }
                }
            }
        } finally {
            Files.delete(folder);
        }
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** Every strategy has a block in each turn. */
    private List<Block> blocks(int k, int bodyBytes, int turns) {
        Random random = new Random(seed);
        List<Block> blocks = new ArrayList<>();
        int index = 0;
        for (int turn = 0; turn < turns; turn++) {
            List<Alignment> order = new ArrayList<>(strategies);
            Collections.shuffle(order, random);
            for (Alignment alignment : order) {
                int ditherNs = alignment == Alignment.GATE_DITHER ? DITHER_NS[turn % DITHER_NS.length] : 0;
                List<RoundPlan> block = new ArrayList<>();
                for (int i = turn * BLOCK_ROUNDS; i < Math.min(rounds, (turn + 1) * BLOCK_ROUNDS); i++) {
                    List<Integer> release =
                            new ArrayList<>(IntStream.range(0, k).boxed().toList());
                    Collections.shuffle(release, random);
                    block.add(new RoundPlan(
                            index,
                            index,
                            alignment,
                            Collections.nCopies(k, Intent.FRESH),
                            release,
                            bodyBytes,
                            ditherNs == 0
                                    ? List.of()
                                    : random.ints(k - 1L, 0, ditherNs + 1)
                                            .boxed()
                                            .toList(),
                            alignment == Alignment.COLD_BURST,
                            false,
                            alignment.overlap(),
                            RequestShape.PLAIN));
                    index++;
                }
                blocks.add(new Block(alignment, block));
            }
        }
        return blocks;
    }

    /** What became of a plan. */
    private record Raced(Plan plan, History history, Verdict verdict) {}

    private Raced race(MutantHost host, Mutant mutant, int k, List<Block> blocks, Path folder) throws Exception {
        List<RoundPlan> planned =
                blocks.stream().flatMap(block -> block.rounds().stream()).toList();
        runs++;
        Plan plan = new Plan("bench/detect", seed, runs, "detect-" + runs + "-", new Workload.Rounds(planned));
        History.Origin origin = new History.Origin(
                plan.run(),
                plan.keyPrefix(),
                plan.scenario(),
                mutant.name(),
                "localhost",
                Instant.now().toString(),
                System.nanoTime());
        Path file = folder.resolve("history.etl");
        HttpUrl url = host.serve(mutant);
        Stop stop = new Stop();
        try (Client client = new HttpAccess(url, wire).readyClient()) {
            try (Recorder recorder = Recorder.create(file, origin);
                    Runner runner = new Runner(plan, List.of(client), Dialect.RFC9110, recorder, stop)) {
                Runner.Result result = runner.run(Capability.PUT_IF_MATCH);
                if (result.guarded() != Runner.Guarded.RACED) {
                    throw new IOException("not raced: the mutant " + result.sentence() + ": mutant=" + mutant.name());
                }
            }
            History history = HistoryReader.read(file);
            return new Raced(plan, history, Judge.judge(plan, history, stop.reason()));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void say(List<Block> blocks, Raced raced) {
        SortedMap<Integer, List<Operation>> byRound = raced.history().byRound();
        out.println("  strategy          raced  several winners/1000  named by the judge  extra winners/round"
                + "  alignment p50, p90 us  rounds/s");
        for (StrategyTally tally : raced.verdict().rounds().strategies()) {
            List<RoundPlan> own = blocks.stream()
                    .filter(block -> block.alignment().label().equals(tally.strategy()))
                    .flatMap(block -> block.rounds().stream())
                    .toList();
            int extra = own.stream().mapToInt(round -> extra(round, byRound)).sum();
            long named = raced.verdict().findings().stream()
                    .map(Finding::round)
                    .distinct()
                    .filter(round -> own.stream().anyMatch(planned -> planned.index() == round))
                    .count();
            Timing timing = tally.timing();
            out.printf(
                    Locale.ROOT,
                    "  %-16s  %5d  %20.0f  %18d  %19.2f  %10.1f, %9.1f  %8.1f%n",
                    tally.strategy(),
                    tally.raced(),
                    1000.0 * tally.severalWinners() / Math.max(1, tally.raced()),
                    named,
                    (double) extra / Math.max(1, tally.raced()),
                    timing.p50Ns() / 1e3,
                    timing.p90Ns() / 1e3,
                    own.size() / seconds(tally.strategy(), blocks, byRound));
        }
        raced.verdict().reservations().forEach(reservation -> out.println("  " + reservation));
    }

    /** Winners beyond the first, of the attempt that counts. */
    private static int extra(RoundPlan round, Map<Integer, List<Operation>> byRound) {
        Collection<List<Operation>> attempts = byRound.getOrDefault(round.index(), List.of()).stream()
                .filter(op -> op.invocation().actor() > 0)
                .collect(Collectors.groupingBy(op -> op.invocation().key()))
                .values();
        return attempts.stream()
                .filter(round::raced)
                .findFirst()
                .map(operations -> Math.max(
                        0, (int) operations.stream().filter(Operation::applied).count() - 1))
                .orElse(0);
    }

    /** How long the blocks of a strategy took, with setting up, reading and repeating: each until the next began. */
    private static double seconds(String strategy, List<Block> blocks, SortedMap<Integer, List<Operation>> byRound) {
        long ns = 0;
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).alignment().label().equals(strategy)) {
                long end = i + 1 < blocks.size()
                        ? start(blocks.get(i + 1), byRound)
                        : byRound.values().stream()
                                .flatMap(List::stream)
                                .mapToLong(Operation::endNs)
                                .max()
                                .orElse(0);
                ns += end - start(blocks.get(i), byRound);
            }
        }
        return ns / 1e9;
    }

    private static long start(Block block, Map<Integer, List<Operation>> byRound) {
        return byRound.getOrDefault(block.rounds().get(0).index(), List.of()).stream()
                .mapToLong(Operation::startNs)
                .min()
                .orElse(0);
    }
}
