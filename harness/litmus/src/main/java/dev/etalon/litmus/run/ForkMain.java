package dev.etalon.litmus.run;

import dev.etalon.core.model.History;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetUnavailableException;
import dev.etalon.litmus.Server;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.ForkedTestConfig;
import org.openjdk.jcstress.infra.runners.Runner;

/** The virtual machine that races: takes orders on its standard input until it ends, and answers on its standard output. */
final class ForkMain {
    private ForkMain() {}

    /** Begins to take orders. */
    public static void main(String[] args) throws IOException {
        DataInputStream orders = new DataInputStream(new BufferedInputStream(System.in));
        DataOutputStream answers = new DataOutputStream(new BufferedOutputStream(System.out));
        // Whatever a test prints is not to be taken for an answer.
        System.setOut(System.err);
        // Whoever gave the orders may be killed: then nobody wants to know any more.
        ProcessHandle.current()
                .parent()
                .ifPresent(parent ->
                        parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
        AtomicReference<@Nullable Server> racing = new AtomicReference<>();
        // Asked to end in mid-race, it still takes away what it made.
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> Optional.ofNullable(racing.get()).ifPresent(Server::abandon)));
        boolean stuck = false;
        while (!stuck) {
            Order order;
            ForkedTestConfig config;
            try {
                order = Order.read(orders);
                config = new ForkedTestConfig(orders);
            } catch (EOFException e) {
                return;
            }
            // A test with a client of its own asks there where the server is.
            order.settings().forEach(System::setProperty);
            TestResult result;
            try (Server server = Server.open(
                    Settings.ofProcess(),
                    now(order.origin()),
                    Path.of(order.history()),
                    new Server.Limits(order.requestsMax(), Duration.ofMillis(order.timeMs())))) {
                racing.set(server);
                Runner<?> runner = (Runner<?>) Class.forName(config.generatedRunnerName)
                        .getConstructor(ForkedTestConfig.class)
                        .newInstance(config);
                result = runner.run();
                stuck = runner.forceExit();
                racing.set(null);
            } catch (TargetUnavailableException | IOException | ReflectiveOperationException | RuntimeException e) {
                result = new TestResult(Status.TEST_ERROR);
                result.addMessage(String.valueOf(e.getMessage() == null ? e : e.getMessage()));
            }
            result.write(answers);
            answers.flush();
        }
        // Threads that wait for ever would keep it alive.
        System.exit(0);
    }

    /** Clocks of two machines need not agree, even on one computer: times are of the one that records. */
    private static History.Origin now(History.Origin origin) {
        return new History.Origin(
                origin.run(),
                origin.keyPrefix(),
                origin.scenario(),
                origin.target(),
                origin.host(),
                Instant.now().toString(),
                System.nanoTime());
    }
}
