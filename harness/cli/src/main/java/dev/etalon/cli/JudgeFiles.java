package dev.etalon.cli;

import dev.etalon.core.check.Judge;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.session.ExitCode;
import dev.etalon.core.store.HistoryFormatException;
import dev.etalon.core.store.HistoryLines;
import dev.etalon.core.store.HistoryMerge;
import dev.etalon.core.store.StoredRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges stored histories again, its own and other programs'. */
@Command(
        name = "judge",
        description = {
            "Judges stored histories: files of any format of docs/history-format.md, or run folders.",
            "With a plan beside it, a history is judged as the run that it is."
        })
final class JudgeFiles implements Callable<Integer> {
    /** From the best end to the worst: a proof weighs more than a file that cannot be read or judged. */
    private static final List<ExitCode> ENDS =
            List.of(ExitCode.VALID, ExitCode.UNDECIDED, ExitCode.UNREADABLE, ExitCode.INTERNAL, ExitCode.ANOMALY);

    private static final long MIB = 1 << 20;
    private static final Pattern DURATION = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)(ns|us|µs|ms|s)");
    private static final Map<String, Integer> DECIMALS = Map.of("ns", 0, "us", 3, "µs", 3, "ms", 6, "s", 9);

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "history file or run folder")
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = "--witnesses",
            paramLabel = "N",
            defaultValue = "10",
            description = "most witnesses to print per history (default: ${DEFAULT-VALUE})")
    private int witnesses;

    @Option(
            names = "--lanes",
            paramLabel = "SIGNS",
            description = "draws each witness too, a lane for each client, with LINES or in plain ASCII")
    private JudgementText.@Nullable Drawn lanes;

    @Option(names = "--export", paramLabel = "FILE", description = "writes the one history as JSON Lines")
    private @Nullable Path export;

    @Option(
            names = "--merge",
            description = "judges the histories as one: what several machines recorded of one run; needs --clock-bound")
    private boolean merge;

    @Option(
            names = "--clock-bound",
            paramLabel = "TIME",
            description = "how far the clocks of any two machines can be apart: 250us, 1.5ms, 0ns")
    private @Nullable String clockBound;

    @Override
    public Integer call() {
        check();
        PrintWriter out = commandLine().getOut();
        ExitCode end = merge ? merged(out) : eachOne(out);
        out.flush();
        return end.code();
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("picocli injects the spec before it runs a command");
        }
        return spec.commandLine();
    }

    private void check() {
        if (witnesses < 0) {
            throw new IllegalArgumentException("--witnesses must be 0 or more: witnesses=" + witnesses);
        }
        if (export != null && paths.size() > 1 && !merge) {
            throw new IllegalArgumentException("--export writes one history: histories=" + paths.size()
                    + "; name one, or make them one with --merge");
        }
        if (merge == (clockBound == null)) {
            throw new IllegalArgumentException("--merge and --clock-bound go together: merge=" + merge + " clockBound="
                    + clockBound + "; give both or none");
        }
    }

    private ExitCode eachOne(PrintWriter out) {
        ExitCode worst = ExitCode.VALID;
        for (Path path : paths) {
            worst = worse(
                    worst,
                    read(path).map(run -> judge(path.toString(), run, out)).orElse(ExitCode.UNREADABLE));
        }
        return worst;
    }

    private ExitCode merged(PrintWriter out) {
        List<HistoryMerge.Part> parts = new ArrayList<>();
        for (Path path : paths) {
            read(path).ifPresent(run -> parts.add(new HistoryMerge.Part(path, run.history())));
        }
        if (parts.size() < paths.size()) {
            return ExitCode.UNREADABLE;
        }
        try {
            History history = HistoryMerge.merge(parts, nanoseconds(String.valueOf(clockBound)));
            String name = paths.size() + " histories as one";
            return judge(name, new StoredRun(history, Optional.empty(), Optional.empty(), Optional.empty()), out);
        } catch (HistoryFormatException e) {
            say(e.getMessage());
            return ExitCode.UNREADABLE;
        }
    }

    private Optional<StoredRun> read(Path path) {
        try {
            return Optional.of(StoredRun.read(path));
        } catch (HistoryFormatException e) {
            say(e.getMessage());
            return Optional.empty();
        }
    }

    private ExitCode judge(String name, StoredRun run, PrintWriter out) {
        export(run.history());
        try {
            Verdict verdict = run.plan()
                    .map(plan -> Judge.judge(plan, run.history(), run.endedEarly(), run.graded()))
                    .orElseGet(() -> Judge.judge(run.history()));
            Optional<List<String>> differences = run.verdict().map(stored -> stored.differences(verdict));
            out.print(JudgementText.of(name, run, verdict, differences, witnesses, Optional.ofNullable(lanes)));
            // What was decided stays decided, whatever becomes of the files after this one.
            out.flush();
            return switch (verdict.status()) {
                case VALID -> ExitCode.VALID;
                case VIOLATION -> ExitCode.ANOMALY;
                case UNDECIDED -> ExitCode.UNDECIDED;
            };
        } catch (OutOfMemoryError e) {
            long heapBytes = Runtime.getRuntime().maxMemory();
            say("a history that was read but takes more heap to be judged: history=" + name + " operations="
                    + run.history().operations().size() + " heapBytes=" + heapBytes + "; start java with -Xmx"
                    + 2 * heapBytes / MIB + "m");
            return ExitCode.UNREADABLE;
        } catch (RuntimeException e) {
            // A key that cannot be judged is for Judge. This is for the rest: plan, counting, comparing, printing.
            say("an internal error, please report it with the history: history=" + name + " (" + e + ")");
            e.printStackTrace(commandLine().getErr());
            return ExitCode.INTERNAL;
        }
    }

    private void export(History history) {
        if (export == null) {
            return;
        }
        try {
            HistoryLines.write(export, history);
        } catch (FileAlreadyExistsException e) {
            throw new IllegalArgumentException("--export never overwrites: export=" + export + "; name a new file", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the history could not be exported: export=" + export + " (" + e.getMessage()
                            + "); name a file that can be written",
                    e);
        }
    }

    private void say(@Nullable String sentence) {
        PrintWriter err = commandLine().getErr();
        err.println("etalon: " + sentence);
        err.flush();
    }

    private static ExitCode worse(ExitCode one, ExitCode other) {
        return ENDS.indexOf(one) >= ENDS.indexOf(other) ? one : other;
    }

    /** Nanoseconds of a time with its unit, rounded up: a bound may be too wide but never too narrow. */
    static long nanoseconds(String time) {
        Matcher parts = DURATION.matcher(time);
        if (parts.matches()) {
            BigDecimal nanoseconds = new BigDecimal(parts.group(1))
                    .movePointRight(DECIMALS.get(parts.group(2)))
                    .setScale(0, RoundingMode.CEILING);
            if (nanoseconds.toBigInteger().bitLength() < Long.SIZE) {
                return nanoseconds.longValueExact();
            }
        }
        throw new IllegalArgumentException("--clock-bound must be a time with its unit, up to 292 years: clockBound="
                + time + "; write 250us, 1.5ms or 0ns");
    }
}
