package dev.etalon.bench;

import dev.etalon.core.check.Deciders;
import dev.etalon.core.model.Verdict;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Times other checkers beside ours: one process, one thread, the same histories. */
final class Peers {
    /** Lincheck's verifier calls itself once an operation. */
    private static final long STACK_BYTES = 1L << 30;

    /** Longest and widest history on which a peer is tried; ours are timed on all. */
    private static final List<Case> CASES = List.of(
            new Case(1_000, 4, Generator.Fault.NONE),
            new Case(1_000, 4, Generator.Fault.STALE),
            new Case(10_000, 4, Generator.Fault.NONE),
            new Case(50, 16, Generator.Fault.NONE),
            new Case(100, 16, Generator.Fault.NONE),
            new Case(200, 16, Generator.Fault.NONE),
            new Case(1_000, 16, Generator.Fault.NONE));

    private final Arguments arguments;
    private final PrintStream out;

    Peers(Arguments arguments, PrintStream out) {
        this.arguments = arguments;
        this.out = out;
    }

    private record Case(long operations, int clients, Generator.Fault fault) {
        Generator.Settings settings(long seed) {
            return Generator.Settings.of(operations, clients).withFault(fault).withSeed(seed);
        }
    }

    void run() throws InterruptedException {
        long limit = arguments.number("limit", 60);
        long rounds = arguments.number("rounds", 3);
        out.println("| history | our online checker | our judge's decider | our search | Lincheck |");
        out.println("|---|---|---|---|---|");
        for (Case each : CASES) {
            Generator.Settings settings = each.settings(arguments.number("seed", 1));
            Recorded recorded = Recorded.of(settings);
            Tape tape = Tape.of(settings);
            Deciders deciders = Deciders.of(recorded.history().operations());
            String online = time(rounds, limit, () -> tape.play() == null, () -> {});
            String chain = time(rounds, limit, () -> valid(deciders.chain()), () -> {});
            String search = time(rounds, limit, () -> valid(deciders.search()), () -> {});
            Lincheck lincheck = new Lincheck(recorded.history().operations());
            String peer = time(rounds, limit, lincheck::linearizable, lincheck::expire);
            out.println("| " + settings + " | " + online + " | " + chain + " | " + search + " | " + peer + " |");
        }
    }

    private static boolean valid(Verdict.Status status) {
        return status == Verdict.Status.VALID;
    }

    /** Runs a checker some times, each within a limit of seconds; tells the processor time of the first and the last. */
    private static String time(long rounds, long limit, BooleanSupplier checker, Runnable expire)
            throws InterruptedException {
        String first = "";
        for (int round = 1; round <= rounds; round++) {
            Attempt attempt = new Attempt(checker);
            Thread thread = new Thread(null, attempt, "peer", STACK_BYTES);
            thread.setDaemon(true);
            thread.start();
            thread.join(limit * 1000);
            if (thread.isAlive()) {
                expire.run();
                thread.join();
            }
            if (attempt.failure != null) {
                return first + attempt.failure;
            }
            if (round == 1) {
                first = String.format(Locale.ROOT, "%s %.4f s", attempt.valid ? "valid" : "violation", attempt.seconds);
            } else if (round == rounds) {
                return first + String.format(Locale.ROOT, ", warm %.4f s", attempt.seconds);
            }
        }
        return first;
    }

    private static final class Attempt implements Runnable {
        private final BooleanSupplier checker;
        private volatile boolean valid;
        private volatile double seconds;
        private volatile @Nullable String failure;

        private Attempt(BooleanSupplier checker) {
            this.checker = checker;
        }

        @Override
        public void run() {
            Stopwatch stopwatch = Stopwatch.start();
            try {
                valid = checker.getAsBoolean();
                seconds = stopwatch.lap().threadSeconds();
            } catch (CancellationException e) {
                failure = String.format(
                        Locale.ROOT, "none after %.0f s CPU", stopwatch.lap().threadSeconds());
            } catch (StackOverflowError | OutOfMemoryError e) {
                failure = e.getClass().getSimpleName();
            }
        }
    }
}
