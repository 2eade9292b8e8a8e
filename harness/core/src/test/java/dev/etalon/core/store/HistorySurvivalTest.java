package dev.etalon.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.etalon.core.model.Completion;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history outlives the process that writes it and the disk that has no room for it. */
class HistorySurvivalTest {
    private static final int KILLS = 3;
    private static final int ACTORS = 3;

    @TempDir
    Path folder;

    /** The process to be killed: records without end, and says which operation is in. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws IOException {
            PrintStream said = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
            try (Recorder recorder = Recorder.create(Path.of(args[0]), HistoryFileTest.ORIGIN)) {
                ActorLog[] logs = new ActorLog[ACTORS];
                for (int actor = 0; actor < ACTORS; actor++) {
                    logs[actor] = recorder.actor(actor);
                }
                for (int i = 0; !said.checkError(); i++) {
                    said.println(record(logs[i % ACTORS]));
                }
            }
        }
    }

    /** Records one acknowledged write and returns its id. */
    private static long record(ActorLog log) throws IOException {
        long id = log.nextId();
        Version version = new Version(1, (int) id);
        log.begin(new Invocation(id, (int) (id >> 32), 0, 0, 0, Method.PUT, Precondition.CREATE, version, 1, id));
        log.end(new Completion(id, 200, Outcome.APPLIED, null, Observation.NOTHING, 0, id));
        return id;
    }

    @Test
    void everythingThatWasInBeforeAKillIsReadable() throws Exception {
        Random random = new Random(412);
        for (int kill = 0; kill < KILLS; kill++) {
            Path file = folder.resolve("killed-" + kill + ".etl");
            long last = recordedBeforeKill(file, 1 + random.nextInt(3_000));
            History history = HistoryReader.read(file);
            assertThat(history.damage()).isEmpty();
            for (int actor = 0; actor < ACTORS; actor++) {
                int number = actor;
                List<Operation> read = history.operations().stream()
                        .filter(op -> op.invocation().actor() == number)
                        .toList();
                int said = (int) last - (actor <= (int) (last >> 32) ? 0 : 1);
                assertThat(read).hasSizeGreaterThanOrEqualTo(said);
                for (int i = 0; i < read.size(); i++) {
                    assertThat((int) read.get(i).invocation().id()).isEqualTo(i + 1);
                    assertThat(read.get(i).applied() || i >= said)
                            .as("operation %d of actor %d", i + 1, actor)
                            .isTrue();
                }
            }
        }
    }

    /** Kills a child after it has said so many operations, and returns the last one it said. */
    private static long recordedBeforeKill(Path file, int operations) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long last = 0;
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            for (int i = 0; i < operations; i++) {
                last = Long.parseLong(said.readLine());
            }
            child.destroyForcibly();
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            child.destroyForcibly();
        }
        return last;
    }

    @Test
    void aFullDiskIsASentenceAndWhatWasRecordedIsReadable() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString()),
                "a small disk to fill needs root and mount");
        try {
            Path file = disk.resolve("history.etl");
            long[] recorded = {0};
            try (Recorder recorder = Recorder.create(file, HistoryFileTest.ORIGIN)) {
                ActorLog log = recorder.actor(1);
                IOException full = catchThrowableOfType(IOException.class, () -> {
                    while (recorded[0] < 1_000_000) {
                        record(log);
                        recorded[0]++;
                    }
                });
                assertThat(full)
                        .hasMessageContaining("the history could not grow")
                        .hasMessageContaining("free space there, or name another folder with etalon.runs");
            }
            History history = HistoryReader.read(file);
            assertThat(history.damage()).isEmpty();
            assertThat(history.operations().stream().filter(Operation::applied)).hasSize((int) recorded[0]);
        } finally {
            // Lazy: the chunks stay mapped until the collector has seen them go.
            assertThat(run("umount", "--lazy", disk.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
