package dev.etalon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.session.CellResult;
import dev.etalon.core.session.CellResult.Status;
import dev.etalon.core.session.ExitCode;
import dev.etalon.core.session.Session;
import dev.etalon.core.target.Settings;
import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that dies while it is asked is told apart from one that refuses, and from a limit that we have met. */
@Execution(ExecutionMode.CONCURRENT)
class DyingServerTest {
    /** In the middle of the first race, or of the first rules. */
    private static final int LAST_CALL = 150;

    /** How long who hangs is waited for; much longer than an honest answer takes on a busy machine. */
    private static String timeoutMs(End end) {
        return end == End.HANGS ? "3000" : "15000";
    }

    @TempDir
    private Path runs;

    /** How a server ends. */
    enum End {
        STOPS,
        HANGS,
        REFUSES
    }

    /** A server that is well until it has been asked a number of times. */
    private static final class Mortal extends ListedServer {
        private final End end;
        private final AtomicInteger calls = new AtomicInteger();
        private final CountDownLatch closed = new CountDownLatch(1);

        Mortal(End end) throws Exception {
            super(Manner.RFC9110);
            this.end = end;
        }

        @Override
        public Reply answer(Call call) {
            if (calls.incrementAndGet() < LAST_CALL) {
                return super.answer(call);
            }
            if (end == End.STOPS && calls.get() == LAST_CALL) {
                new Thread(super::close, "end").start();
            } else if (end == End.HANGS) {
                await();
            }
            return Reply.of(503);
        }

        private void await() {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            closed.countDown();
            super.close();
        }
    }

    private Session raced(Mortal server) {
        Session session = new Session(
                Settings.of(Map.of(
                        "etalon.url",
                        server.url(),
                        "etalon.targets",
                        "external",
                        "etalon.scenarios",
                        "http/same-validator,http/stale-fresh-mix,http/counter",
                        "etalon.timeout",
                        timeoutMs(server.end),
                        "etalon.runs",
                        runs.toString())),
                List.of());
        try (session) {
            session.cells().forEach(session::run);
        }
        return session;
    }

    @ParameterizedTest
    @EnumSource(names = {"STOPS", "HANGS"})
    void whatIsLeftIsNotRunAndTheReasonIsGiven(End end) throws Exception {
        try (Mortal server = new Mortal(end)) {
            Session session = raced(server);

            List<CellResult> cells = session.summary().cells();
            String gone = "the server is gone: nothing answers at " + server.url() + " any more";
            assertThat(cells.get(0).status()).isEqualTo(Status.UNDECIDED);
            assertThat(cells.get(0).sentence()).contains("the run ended early: " + gone);
            assertThat(cells.subList(1, cells.size())).allSatisfy(cell -> {
                assertThat(cell.status()).isEqualTo(Status.UNAVAILABLE);
                assertThat(cell.ran()).as("nothing is sent").isEmpty();
                assertThat(cell.sentence()).startsWith(gone).contains("it was there until http/same-validator");
            });
            assertThat(session.summary().exitCode()).isEqualTo(ExitCode.TARGET_UNAVAILABLE);
        }
    }

    @Test
    void aServerThatRefusesIsNotSaidToBeGoneNorToBeAtFault() throws Exception {
        try (Mortal server = new Mortal(End.REFUSES)) {
            List<CellResult> cells = raced(server).summary().cells();

            assertThat(cells.get(0).sentence())
                    .contains("it answers with 503, which may be a limit that this run has met")
                    .doesNotContain("gone");
            assertThat(cells.get(1).ran()).as("the next cell is tried").isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STOPS", "HANGS"})
    void rulesThatAreLeftAreNotAsked(End end) throws Exception {
        try (Mortal server = new Mortal(end)) {
            Ended rules = Ended.etalon(
                    "rules",
                    "--url",
                    server.url(),
                    "--timeout",
                    timeoutMs(end),
                    "--runs",
                    runs,
                    "--repetitions",
                    "5",
                    "--rule",
                    "IM-");

            assertThat(rules.code()).as(rules.text()).isEqualTo(ExitCode.TARGET_UNAVAILABLE.code());
            assertThat(rules.text())
                    .contains("no more asked: the server is gone: nothing answers at " + server.url())
                    .containsPattern(": \\d of \\d{2} rules asked, 0 broken");
        }
    }

    @Test
    void rulesOfAServerThatRefusesAreAllAsked() throws Exception {
        try (Mortal server = new Mortal(End.REFUSES)) {
            Ended rules = Ended.etalon(
                    "rules", "--url", server.url(), "--runs", runs, "--repetitions", "2", "--rule", "IM-0");

            assertThat(rules.text()).doesNotContain("gone").containsPattern(": (\\d+) of \\1 rules asked, 0 broken");
        }
    }
}
