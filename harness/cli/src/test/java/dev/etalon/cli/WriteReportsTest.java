package dev.etalon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Workload;
import dev.etalon.core.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code etalon report}: what it writes, what it prints, and how it ends. */
class WriteReportsTest {
    @TempDir
    Path runs;

    private static Ended report(Object... args) {
        return Ended.etalon(
                Stream.concat(Stream.of("report"), Arrays.stream(args)).toArray());
    }

    private RunFolder race(String target) throws IOException {
        RunFolder folder = RunFolder.create(runs, "http/counter", target, Instant.parse("2026-01-01T12:00:00Z"), 412);
        folder.writeJson(RunFolder.PLAN, new Plan("http/counter", 412, 7, "k-", new Workload.Counter(0, 2, 3, 4, 512)));
        return folder;
    }

    private static Map<String, String> tree(Path folder) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                tree.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return tree;
    }

    @Test
    void everyReportIsWrittenBesideTheRuns() throws IOException {
        race("server");
        Ended ended = report(runs);
        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .contains("read: 1 runs of scenarios, 0 of rules, 0 sessions")
                .contains("html: " + runs.resolve("report/index.html"))
                .contains("json: " + runs.resolve("report/report.json"))
                .contains("junit: " + runs.resolve("report/junit.xml"))
                .contains("markdown: " + runs.resolve("report/report.md"));
    }

    @Test
    void theSameRunsGiveTheSameFilesByteForByte() throws IOException {
        race("server");
        race("other");
        report("--out", runs.resolve("one"), runs);
        report("--out", runs.resolve("two"), runs);
        assertThat(tree(runs.resolve("one"))).isNotEmpty().isEqualTo(tree(runs.resolve("two")));
        report("--out", runs.resolve("one"), runs);
        assertThat(tree(runs.resolve("one"))).isEqualTo(tree(runs.resolve("two")));
    }

    @Test
    void oneReportAloneCanBeWritten() throws IOException {
        race("server");
        Path out = runs.resolve("out");
        assertThat(report("--report", "junit", "--out", out, runs).code()).isZero();
        assertThat(out).isDirectoryContaining("glob:**/junit.xml").isDirectoryNotContaining("glob:**/report.md");
    }

    @Test
    void aFolderThatCannotBeReadIsSaidAndTheRestIsWritten() throws IOException {
        race("server");
        Path broken = Files.writeString(race("broken").plan(), "{");
        race("half").writeText(RunFolder.VERDICT, "{}");
        Ended ended = report(runs);
        assertThat(ended.code()).isEqualTo(65);
        assertThat(ended.err().lines())
                .singleElement()
                .asString()
                .startsWith("etalon: not read: " + broken.getParent())
                .contains("a plan that cannot be read");
        assertThat(runs.resolve("report/report.md")).content().contains("| half | ? |", "| server | ? |");
    }

    @Test
    void wrongUsageSaysWhatWouldBeRight() {
        assertThat(report(runs).err()).contains("no runs below " + runs);
        assertThat(report(runs).code()).isEqualTo(64);
        assertThat(report(runs.resolve("gone")).code()).isEqualTo(64);
        assertThat(report("--report", "paper", runs))
                .satisfies(ended -> assertThat(ended.code()).isEqualTo(64))
                .satisfies(ended -> assertThat(ended.err())
                        .contains("html, json, junit, markdown, matrix, single: --report=paper"));
    }
}
