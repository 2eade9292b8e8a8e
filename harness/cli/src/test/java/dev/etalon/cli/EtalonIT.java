package dev.etalon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.etalon.core.model.History;
import dev.etalon.core.store.HistoryReader;
import dev.etalon.targets.reference.Manner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The packaged command as its user meets it: real processes, real servers, real faults. */
@Execution(ExecutionMode.CONCURRENT)
class EtalonIT {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    /** These processes end before the second compiler pays. */
    private static final List<String> SHORT_LIVED =
            List.of(JAVA.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final Path JAR = Path.of(System.getProperty("etalon.jar", "target/etalon.jar"));
    private static final long HANGS_S = 600;

    /** A chunk of the history for each of eight racers and for who sets up; it grows when one of them is full. */
    private static final int FIRST_CHUNKS_BYTES = 9 * 64 * 1024;

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endProcesses() {
        processes.forEach(Process::destroyForcibly);
    }

    private Path runs() {
        return folder.resolve("runs");
    }

    private List<String> etalon(String... args) {
        List<String> command = new ArrayList<>(SHORT_LIVED);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(List.of(args));
        if (args.length > 0 && args[0].equals("race")) {
            command.addAll(List.of("--runs", runs().toString()));
        }
        return command;
    }

    private Process start(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out-" + processes.size()).toFile())
                .start();
        processes.add(process);
        return process;
    }

    private Ended ended(Process process) throws IOException, InterruptedException {
        assertThat(process.waitFor(HANGS_S, TimeUnit.SECONDS)).as("ends").isTrue();
        return new Ended(
                process.exitValue(), Files.readString(folder.resolve("out-" + processes.indexOf(process))), "");
    }

    private Ended run(List<String> command) throws IOException, InterruptedException {
        return ended(start(command));
    }

    /** Runs a command with file systems of its own, prepared by a shell script. */
    private static List<String> inOwnMounts(String script, List<String> command) {
        assumeTrue(
                "root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/bin/unshare")),
                "needs root and unshare, to mount file systems that nobody else sees");
        List<String> wrapped = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", script, "sh"));
        wrapped.addAll(command);
        return wrapped;
    }

    private Path history() throws IOException {
        try (Stream<Path> files = Files.walk(runs())) {
            return files.filter(file -> file.endsWith("history.etl"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String verdict() throws IOException {
        return Files.readString(history().resolveSibling("verdict.json"));
    }

    /** Waits until a run has recorded its first rounds. */
    private void awaitRounds() {
        await().until(() -> {
            try {
                return HistoryReader.read(history()).operations().size() > 100;
            } catch (IOException | UncheckedIOException | NoSuchElementException e) {
                // Not begun yet.
                return false;
            }
        });
    }

    private static ConditionFactory await() {
        return Awaitility.await().pollInterval(Duration.ofMillis(50)).atMost(Duration.ofSeconds(HANGS_S));
    }

    /** Starts a bundled server in a process of its own and returns its URL. */
    private String server(String target) throws IOException {
        Process process = new ProcessBuilder(
                        JAVA.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ServerProcess.class.getName(),
                        target,
                        folder.resolve("server").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        processes.add(process);
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("http://")) {
                return line;
            }
        }
        throw new AssertionError("the server did not start: target=" + target);
    }

    @Test
    void theLauncherDoesWhatTheJarDoes_alsoThroughASymbolicLink() throws Exception {
        Path log = Files.writeString(
                folder.resolve("log.tsv"),
                "#id\tclient\tkind\tstart\tend\tparent\tversion\toutcome\n0\t0\tC\t1\t2\t0\t1\to\n1\t1\tR\t3\t4\t0\t1\to\n");
        Path link = Files.createSymbolicLink(
                folder.resolve("linked"),
                JAR.resolveSibling("bin").resolve("etalon").toAbsolutePath());
        Ended byJar = run(etalon("judge", log.toString()));
        Ended byLauncher = run(List.of(link.toString(), "judge", log.toString()));
        assertThat(byLauncher).isEqualTo(byJar);
        assertThat(byLauncher.out()).contains("VALID");
    }

    @Test
    void aLostUpdateIsFoundPrintedAndStored() throws Exception {
        Ended race = run(
                etalon("race", "--target", "s3proxy-filesystem", "--scenario", "s3/same-validator", "--rounds", "20"));
        assertThat(race.code()).isEqualTo(1);
        assertThat(race.text()).contains("A1 lost update in ").contains("FORBIDDEN lost-update (A1)");
        Path run = history().getParent();
        assertThat(run)
                .isDirectoryContaining("glob:**/plan.json")
                .isDirectoryContaining("glob:**/environment.json")
                .isDirectoryContaining("glob:**/latency.hlog")
                .isDirectoryContaining("glob:**/repeat.txt");
        assertThat(run.resolve("anomalies/001.txt")).content().contains("have the same parent");

        Path report = runs().resolve("report");
        assertThat(race.text()).endsWith("Report: " + report.resolve("index.html") + "\n");
        assertThat(report.resolve("report.md")).content().contains("FORBIDDEN lost-update (A1)");

        Ended judged = Ended.etalon("judge", run);
        assertThat(judged.code()).as(judged.text()).isEqualTo(1);
        assertThat(judged.text()).contains("same verdict as the run").contains("FORBIDDEN lost-update (A1)");
    }

    private Ended interrupted(ListedServer server, String signal, String output, String... command) throws Exception {
        List<String> all = new ArrayList<>(List.of("env", "--default-signal=INT"));
        all.addAll(etalon(command));
        if (!command[0].equals("race")) {
            all.addAll(List.of("--runs", runs().toString()));
        }
        all.addAll(List.of("--url", server.url()));
        if (server.s3()) {
            all.addAll(List.of("--protocol", "s3", "--access-key", ListedServer.ACCESS_KEY));
            all.addAll(List.of("--secret-key", ListedServer.SECRET_KEY));
        }
        Process process = start(all);
        Path out = folder.resolve("out-" + processes.indexOf(process));
        await().until(() ->
                Files.readString(out).contains(output) && server.listed().size() > 3);
        assertThat(new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
        return ended(process);
    }

    @Test
    void ctrlCKeepsAndJudgesWhatWasRacedAndLeavesTheServerAsItWas() throws Exception {
        try (ListedServer server = new ListedServer(Manner.AWS)) {
            String[] race = {
                "race", "--rounds", "3000", "--scenario", "s3/complete", "--versioning", "off,enabled,suspended"
            };
            Ended ended = interrupted(server, "-INT", "", race);
            assertThat(ended.code()).as(ended.text()).isEqualTo(130);
            assertThat(ended.text()).contains("The session ended early (interrupted)");
            assertThat(server.listed()).as(ended.text()).isEmpty();
        }
        History history = HistoryReader.read(history());
        assertThat(history.damage()).isEmpty();
        assertThat(history.operations()).isNotEmpty();
        assertThat(verdict()).contains("the run ended early: interrupted").doesNotContain("\"cell\" : \"VALID\"");

        Ended judged = Ended.etalon("judge", history().getParent());
        assertThat(judged.code()).as("no pass").isEqualTo(2);
        assertThat(judged.text()).contains("same verdict as the run").contains("the run ended early: interrupted");
    }

    @Test
    void ctrlCPrintsAndStoresTheRulesThatWereAskedAndLeavesTheServerAsItWas() throws Exception {
        try (ListedServer server = new ListedServer(Manner.RFC9110)) {
            Ended ended = interrupted(server, "-INT", "PASS           IM-02", "rules");

            assertThat(ended.code()).as(ended.text()).isEqualTo(130);
            assertThat(ended.text())
                    .contains("PASS           IM-02", "ended early: interrupted", " rules asked, 0 broken");
            assertThat(server.listed()).as(ended.text()).isEmpty();
        }
        try (Stream<Path> files = Files.walk(runs().resolve("rules"))) {
            Path stored = files.filter(Files::isRegularFile).findFirst().orElseThrow();
            assertThat(Files.readString(stored)).contains("\"endedEarly\" : \"interrupted\"");
        }
    }

    @Test
    @EnabledIfSystemProperty(
            named = "etalon.commands",
            matches = "whole",
            disabledReason = "part of .ci/nightly commands")
    void anS3ServerAskedForRulesIsAsItWasAfterATerm() throws Exception {
        try (ListedServer server = new ListedServer(Manner.AWS)) {
            Ended ended = interrupted(server, "-TERM", "PASS           P01", "rules");
            assertThat(ended.text()).contains("ended early: interrupted");
            assertThat(server.listed()).as(ended.text()).isEmpty();
        }
    }

    @Test
    void aServerKilledInMidRaceLeavesAReadableHistoryAndNoPass() throws Exception {
        String url = server("reference-s3");
        Process race = start(etalon(
                "race",
                "--url",
                url,
                "--protocol",
                "s3",
                "--access-key",
                "etalon",
                "--secret-key",
                "etalon-secret",
                "--scenario",
                "s3/create-race",
                "--rounds",
                "3000"));
        awaitRounds();
        processes.get(0).destroyForcibly();
        Ended ended = ended(race);
        assertThat(ended.code()).as(ended.text()).isEqualTo(2);
        assertThat(ended.text())
                .contains("the run ended early: the server is gone: nothing answers at " + url)
                .contains("of 3000 rounds were raced");
        assertThat(HistoryReader.read(history()).operations()).isNotEmpty();
    }

    @Test
    @EnabledIfSystemProperty(
            named = "etalon.commands",
            matches = "whole",
            disabledReason = "part of .ci/nightly commands")
    void aFullDiskIsSaidToBeFullAndWhatWasRecordedIsJudged() throws Exception {
        Files.createDirectories(runs());
        // Something else fills the disk, but not before the race has begun to record.
        String script = "mount -t tmpfs -o size=12m none " + runs() + "; (until [ \"$(stat -c %s " + runs()
                + "/*/*/*/*/history.etl 2>/dev/null)\" -gt " + FIRST_CHUNKS_BYTES + " ] 2>/dev/null || ! kill -0 $$; do"
                + " sleep 0.1; done; cat /dev/zero > " + runs() + "/other 2>/dev/null) & \"$@\"; code=$?; rm -f "
                + runs()
                + "/other; cp -r " + runs() + " " + folder.resolve("copy") + "; exit $code";
        Ended race = run(inOwnMounts(
                script,
                etalon("race", "--target", "reference-http", "--scenario", "http/counter", "--increments", "100000")));
        assertThat(race.code()).as(race.text()).isEqualTo(2);
        assertThat(race.text()).contains("the history could not grow").contains("etalon.runs");
        try (Stream<Path> files = Files.walk(folder.resolve("copy"))) {
            Path history = files.filter(file -> file.endsWith("history.etl"))
                    .findFirst()
                    .orElseThrow();
            assertThat(HistoryReader.read(history).operations()).hasSizeGreaterThan(100);
        }
    }

    @Test
    @EnabledIfSystemProperty(
            named = "etalon.commands",
            matches = "whole",
            disabledReason = "part of .ci/nightly commands")
    void withoutAnEngineContainerTargetsAreNotRunAndTheReasonIsGiven() throws Exception {
        Ended race = run(inOwnMounts("mount -t tmpfs none /run; exec \"$@\"", etalon("race", "--target", "httpd")));
        assertThat(race.code()).as(race.text()).isEqualTo(3);
        assertThat(race.text()).contains("httpd was not run: No Docker Engine answers here; start Docker");
    }
}
