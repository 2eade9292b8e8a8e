package dev.etalon.bench;

import dev.etalon.core.check.Deciders;
import dev.etalon.core.check.Judge;
import dev.etalon.core.check.Watermark;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Verdict;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Measures what takes a whole process: the bars of the design. Prints figures and asserts none of them; benchmarks of
 * single parts are run by JMH. Commands and results: {@code docs/benchmarks.md}.
 */
public final class Bench {
    private static final String USAGE = """
            usage: java -jar etalon-bench.jar <command> [name=value ...]
              online   stream a simulation into the watermark checker, storing nothing
              ordered  time the watermark checker over events that are in memory and in order
              judge    time Judge.judge(History)
              chain    time the watermark checker over a stored history, without diagnosis
              search   time the complete search over a stored history, without diagnosis
              memory   find the least heap above the history in which a verdict is reached; decider=judge|chain|search
              peers    time other checkers beside ours on the same histories; limit=<seconds> for each
              recorder thread CPU and allocation of recording one operation, beside its two clock reads
              client   CPU per request of our client, recording and not, beside bare OkHttp; window=<ms>
              kill     kill recording processes at random points and read what they recorded; kills=<number>
              detect   rounds with several winners that each alignment catches on mutants; lists after commas:
                       mutants=<name> racers=<number> bodies=<bytes> strategies=<label>; http=1.1|2 rounds=<number>
              write    write a simulation as TSV to the file named by to=
              process  CPU and memory of `etalon judge FILE` as a whole; candidate=<etalon.jar>
                       baseline=<etalon.jar> launcher=<etalon>
            settings: operations clients unknown removes puts deletes fault=none|lost|overwrite|stale seed rounds
            """;

    private final Arguments arguments;
    private final PrintStream out;

    private Bench(Arguments arguments, PrintStream out) {
        this.arguments = arguments;
        this.out = out;
    }

    /** Runs one command; ends with 64 when it is not understood. */
    public static void main(String[] args) throws Exception {
        try {
            new Bench(Arguments.of(args), System.out).run();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(USAGE);
            System.exit(64);
        }
    }

    private void run() throws Exception {
        switch (arguments.command()) {
            case "online" -> online();
            case "ordered" -> ordered();
            case "judge", "chain", "search" -> stored(decider(arguments.command()));
            case "memory" -> new HeapAbove(arguments, out).run();
            case "peers" -> new Peers(arguments, out).run();
            case "write" -> write();
            case "process" -> new ProcessCost(arguments, out).run();
            case "recorder" -> new RecorderCost(arguments, out).run();
            case "client" -> new ClientCost(arguments, out).run();
            case "kill" -> new Kills(arguments, out).run();
            case Kills.CHILD -> new Kills.Child(arguments).run();
            case Origin.SERVE -> Origin.serve(out);
            case "detect" -> new Detection(arguments, out).run();
            case MutantHost.SERVE -> MutantHost.serve(out);
            default -> throw new IllegalArgumentException("no such command: command=" + arguments.command());
        }
    }

    /** The judge, or a part of it: from a history to words. */
    static Function<History, String> decider(String name) {
        return switch (name) {
            case "judge" ->
                history -> {
                    Verdict verdict = Judge.judge(history);
                    return verdict.status() + first(verdict);
                };
            case "chain" -> history -> Deciders.of(history.operations()).chain().toString();
            case "search" ->
                history -> Deciders.of(history.operations()).search().toString();
            default -> throw new IllegalArgumentException("a decider is judge, chain or search: decider=" + name);
        };
    }

    private static String first(Verdict verdict) {
        List<Finding> findings = verdict.findings();
        if (findings.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(", " + findings.size() + " findings, first "
                + findings.get(0).anomaly().code() + " by operations");
        findings.get(0)
                .witness()
                .forEach(op -> text.append(' ').append(op.invocation().id()));
        return text.toString();
    }

    private void online() {
        Generator.Settings settings = arguments.settings(100_000_000, 64);
        out.println("online: " + settings + ", heap limit "
                + mib(Runtime.getRuntime().maxMemory()) + " MiB");
        // The simulation alone, for what it costs is not the checker's; once before, for the compiler's sake.
        Generator.Settings part = settings.withOperations(Math.max(1, settings.operations() / 10));
        new Generator(part, new EventCounter()).run();
        EventCounter counter = new EventCounter();
        Stopwatch stopwatch = Stopwatch.start();
        new Generator(part, counter).run();
        Stopwatch.Lap alone = stopwatch.lap();
        Online online = new Online(settings.clients());
        stopwatch = Stopwatch.start();
        long injected = new Generator(settings, online).run();
        Stopwatch.Lap both = stopwatch.lap();
        Watermark.Violation violation = online.violation();
        out.println("  verdict          " + (violation == null ? "VALID" : violation));
        if (injected >= 0) {
            out.println("  fault injected   at operation " + injected);
        }
        out.printf(Locale.ROOT, "  events           %,d%n", online.events());
        out.printf(
                Locale.ROOT,
                "  with simulation  %s: %,.0f events/s of CPU%n",
                both,
                online.events() / both.threadSeconds());
        out.printf(
                Locale.ROOT,
                "  simulation alone %.0f ns of %.0f ns an event%n",
                1e9 * alone.threadSeconds() / counter.events,
                1e9 * both.threadSeconds() / online.events());
        out.println("  most held        " + online.windowMax() + " versions, " + online.undeterminedMax()
                + " writes in flight or unknown");
    }

    /** Only counts. */
    private static final class EventCounter implements Generator.Listener {
        private long events;

        @Override
        public void begins(Generator.Request request) {
            events++;
        }

        @Override
        public boolean ends(Generator.Request request) {
            events++;
            return true;
        }
    }

    private void ordered() {
        Generator.Settings settings = arguments.settings(1_000_000, 64);
        out.println("ordered: " + settings);
        Tape tape = Tape.of(settings);
        for (int round = 0; round < arguments.number("rounds", 5); round++) {
            Stopwatch stopwatch = Stopwatch.start();
            Watermark.Violation violation = tape.play();
            out.println("  " + stopwatch.lap() + ": " + (violation == null ? "VALID" : violation));
        }
    }

    /** Times a verdict several times over: the first is what a whole process pays, the last what a warm one does. */
    private void stored(Function<History, String> decide) {
        Generator.Settings settings = arguments.settings(1_000_000, 64);
        out.println(arguments.command() + ": " + settings + ", heap limit "
                + mib(Runtime.getRuntime().maxMemory()) + " MiB");
        Recorded recorded = Recorded.of(settings);
        if (recorded.injected() >= 0) {
            out.println("  fault injected   at operation " + recorded.injected());
        }
        for (int round = 0; round < arguments.number("rounds", 5); round++) {
            HeapAbove.Gauge gauge = HeapAbove.Gauge.start();
            Stopwatch stopwatch = Stopwatch.start();
            String verdict = decide.apply(recorded.history());
            Stopwatch.Lap lap = stopwatch.lap();
            out.println("  " + lap + ", history " + mib(gauge.before()) + " MiB, peak with garbage +"
                    + mib(gauge.above()) + " MiB: " + verdict);
        }
    }

    private void write() throws IOException {
        Generator.Settings settings = arguments.settings(1_000, 4);
        try (BufferedWriter file =
                Files.newBufferedWriter(Path.of(arguments.text("to", null)), StandardCharsets.US_ASCII)) {
            new Generator(settings, new TsvWriter(file)).run();
        }
    }

    static long mib(long bytes) {
        return Math.round(bytes / (1024.0 * 1024));
    }
}
