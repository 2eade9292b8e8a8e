package dev.etalon.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.etalon.core.model.History;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One way in for every format; whatever cannot be read is one sentence with the file in it. */
class HistoryFilesTest {
    private static final String ROW = "0\tC\t10\t20\t0\t1\to\n";

    @TempDir
    Path folder;

    /** A process with a small heap: prints the sentence, or how many operations it read. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) {
            try {
                System.out.println("read "
                        + HistoryFiles.read(Path.of(args[0])).operations().size());
            } catch (HistoryFormatException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private Path text(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static void refuses(Path path, String sentence) {
        assertThatThrownBy(() -> HistoryFiles.read(path))
                .isInstanceOf(HistoryFormatException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining(sentence)
                .hasMessageContaining("; ");
    }

    @Test
    void theContentTellsTheFormatWhateverTheNameIs() throws IOException {
        Path binary = folder.resolve("one.txt");
        try (Recorder recorder = Recorder.create(binary, HistoryFileTest.ORIGIN)) {
            recorder.actor(1);
        }
        assertThat(HistoryFiles.read(binary).origin()).isEqualTo(HistoryFileTest.ORIGIN);

        History history = Histories.random(7);
        Path lines = folder.resolve("two.txt");
        HistoryLines.write(lines, history);
        assertThat(HistoryFiles.read(lines)).isEqualTo(history);

        assertThat(HistoryFiles.read(text("three.txt", "\n \r\n" + HistoryRows.HEADER + "\n1\t" + ROW))
                        .operations())
                .hasSize(1);
    }

    @Test
    void theExamplesOfTheDocumentationAreHistories() throws IOException {
        List<String> page = Files.readAllLines(Path.of("..", "..", "docs", "history-format.md"));
        String lines = page.stream()
                .filter(line -> line.startsWith("    {"))
                .map(String::strip)
                .collect(Collectors.joining("\n"));
        assertThat(HistoryFiles.read(text("example.jsonl", lines)))
                .satisfies(history -> assertThat(history.operations()).hasSize(2))
                .satisfies(history -> assertThat(history.damage()).isEmpty());
        String rows = page.stream()
                .filter(line -> line.matches(" {4}[#\\d].*"))
                .map(line -> line.strip().replaceAll(" +", "\t"))
                .collect(Collectors.joining("\n"));
        assertThat(HistoryFiles.read(text("example.tsv", rows)).operations()).hasSize(4);
    }

    @Test
    void aRunFolderStandsForItsHistory() throws IOException {
        RunFolder run = new RunFolder(folder);
        Recorder.create(run.history(), HistoryFileTest.ORIGIN).close();
        assertThat(HistoryFiles.read(folder)).isEqualTo(HistoryReader.read(run.history()));
    }

    @Test
    void whatIsNotThereIsSaid() {
        refuses(folder.resolve("nowhere"), "no such history: file=");
        refuses(folder, "a folder without a history: folder=");
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "needs a device");
        refuses(Path.of("/dev/null"), "not a regular file");
    }

    @Test
    void whatIsNoHistoryIsSaid() throws IOException {
        refuses(text("empty", ""), "an empty file");
        refuses(text("blank", " \n\t\n"), "a file of blanks only");
        refuses(text("prose", "once upon a time"), "not a history of Etalon: file=");
        refuses(text("prose", "once upon a time"), "firstByte=0x6f; a history begins with ETALONH");
        refuses(text("page", "<html>"), "firstByte=0x3c");
        refuses(text("cut", "ETAL"), "not a whole history");
        refuses(text("json", "{}"), "not a history of Etalon");
    }

    @Test
    void aFileThatIsDueToBeTooLargeIsRefusedBeforeItIsRead() throws Exception {
        Path rows = text("large.tsv", HistoryRows.HEADER + "\n");
        try (BufferedWriter out = Files.newBufferedWriter(rows, StandardCharsets.US_ASCII)) {
            out.write(HistoryRows.HEADER + "\n");
            for (int id = 0; id < 800_000; id++) {
                out.write(id + "\t" + ROW);
            }
        }
        assertThat(inSmallHeap(rows))
                .startsWith(
                        "a history larger than the heap: file=" + rows + " bytes=" + Files.size(rows) + " heapBytes=")
                .contains("; start java with -Xmx256m");
    }

    @Test
    void aFileThatTurnsOutTooLargeEndsInTheSameSentence() throws Exception {
        // Shorter than any row that was measured: the estimate lets it through.
        Path rows = folder.resolve("dense.tsv");
        try (BufferedWriter out = Files.newBufferedWriter(rows, StandardCharsets.US_ASCII)) {
            out.write(HistoryRows.HEADER + "\n");
            for (int id = 0; id < 400_000; id++) {
                out.write(id + "\t0\tR\t1\t1\t0\t0\to\n");
            }
        }
        assertThat(inSmallHeap(rows))
                .startsWith("a history larger than the heap: file=" + rows)
                .contains("; start java with -Xmx256m");
        assertThat(HistoryFiles.read(rows).operations()).hasSize(400_000);
    }

    @Test
    void aHistoryThatFitsASmallHeapIsRead() throws Exception {
        Path lines = folder.resolve("small.jsonl");
        HistoryLines.write(lines, Histories.random(5));
        assertThat(inSmallHeap(lines))
                .isEqualTo("read " + HistoryLines.read(lines).operations().size());
    }

    private String inSmallHeap(Path file) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).as("ends in time").isTrue();
        } finally {
            child.destroyForcibly();
        }
        return Files.readString(out).strip();
    }
}
