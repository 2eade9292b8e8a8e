package dev.etalon.reports.console;

import dev.etalon.core.session.CellProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A line on a terminal that is written again and again while a cell runs, and is gone when it ends. */
final class ProgressLine implements AutoCloseable {
    /** Most cells are done by then, and need no line. */
    private static final long FIRST_MS = 2_000;

    private static final long EVERY_MS = 500;
    private static final String CLEAR = "\r\u001B[K";

    private final PrintStream terminal;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "etalon-progress");
        thread.setDaemon(true);
        return thread;
    });

    ProgressLine(PrintStream terminal, CellProgress progress) {
        this.terminal = terminal;
        long beginNs = System.nanoTime();
        timer.scheduleAtFixedRate(
                () -> {
                    terminal.print(CLEAR + ProgressText.of(progress, Duration.ofNanos(System.nanoTime() - beginNs)));
                    terminal.flush();
                },
                FIRST_MS,
                EVERY_MS,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            timer.awaitTermination(EVERY_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        terminal.print(CLEAR);
        terminal.flush();
    }
}
