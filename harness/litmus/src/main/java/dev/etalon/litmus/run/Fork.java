package dev.etalon.litmus.run;

import dev.etalon.core.run.Stop;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.ForkedTestConfig;

/**
 * A virtual machine of its own in which tests race, one after the other, so that the server, which may be in this one, does
 * not share its collector and its locks with those who race for it. One thread.
 */
final class Fork implements AutoCloseable {
    /**
     * Small, soon started, soon warm: the actors wait for a network most of the time. What the machine itself has to say goes
     * where it is no answer.
     */
    private static final List<String> MACHINE = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-Xlog:disable",
            "-Xlog:all=warning:stderr",
            "-XX:+DisplayVMOutputToStderr");

    /** How often it is asked whether to stop. */
    private static final long GLANCE_MS = 100;

    /** How long it may take to end: as long as it may take to remove what it made, and a little. */
    private static final long END_S = 12;

    private static final int LINES_MAX = 20;

    private final Process process;
    private final DataOutputStream orders;
    private final DataInputStream answers;
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "etalon-litmus-fork");
        thread.setDaemon(true);
        return thread;
    });

    private Fork(Process process) {
        this.process = process;
        this.orders = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        threads.execute(this::listen);
    }

    /**
     * Starts one like this virtual machine, with its class path.
     *
     * @throws IOException when there is no room for a process, say
     */
    static Fork start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(MACHINE);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ForkMain.class.getName()));
        return new Fork(new ProcessBuilder(command).start());
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), Charset.defaultCharset()))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                while (said.size() > LINES_MAX) {
                    said.poll();
                }
            }
        } catch (IOException e) {
            said.add("what it said could not be read: " + e.getMessage());
        }
    }

    /** Whether it can take another order. */
    boolean alive() {
        return !threads.isShutdown() && process.isAlive();
    }

    /**
     * Has a test raced.
     *
     * @param patienceMs after how long nobody waits for it any more
     * @param stop asked for, with the reason, when there is no result
     * @return empty when it came to nothing; then, and when a test did not run to its end, this fork has ended
     */
    Optional<TestResult> race(Order order, ForkedTestConfig config, long patienceMs, Stop stop)
            throws InterruptedException {
        Future<TestResult> result = threads.submit(() -> {
            order.write(orders, config);
            return new TestResult(answers);
        });
        boolean whole = false;
        try {
            Optional<TestResult> answer = await(result, patienceMs, stop);
            // Where a test failed, its other actors may still wait for each other, and would for ever.
            whole = answer.filter(each -> each.status() == Status.NORMAL).isPresent();
            return answer;
        } finally {
            if (!whole) {
                close();
            }
        }
    }

    private Optional<TestResult> await(Future<TestResult> result, long patienceMs, Stop stop)
            throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
        while (!stop.requested() && System.nanoTime() < deadlineNs) {
            try {
                return Optional.of(result.get(GLANCE_MS, TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                // Still racing.
            } catch (ExecutionException e) {
                process.waitFor(1, TimeUnit.SECONDS);
                stop.request("the virtual machine that raced ended ("
                        + (process.isAlive() ? "it does not answer" : "exit code " + process.exitValue()) + "): "
                        + String.join("; ", said));
            }
        }
        if (!stop.requested()) {
            stop.request("the virtual machine that raced gave no answer within "
                    + TimeUnit.MILLISECONDS.toSeconds(patienceMs) + " s");
        }
        return Optional.empty();
    }

    /** Ends the virtual machine, which takes away what it made on the server. What it recorded stays. */
    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(END_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        threads.shutdownNow();
    }
}
