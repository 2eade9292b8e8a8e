package dev.etalon.reports.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.report.Archive;
import dev.etalon.core.report.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that is mailed needs nothing beside it, and says the worst first. */
class SingleReportTest {
    @TempDir
    private Path folder;

    private Document written() throws IOException {
        SampleRuns.write(folder.resolve("runs"));
        Map<String, Path> entries = Reports.named(List.of("single"))
                .write(Archive.read(List.of(folder.resolve("runs"))), folder.resolve("out"));
        assertThat(entries).containsOnlyKeys("single");
        return Jsoup.parse(Files.readString(entries.get("single")));
    }

    @Test
    void itIsOneFileWithoutLinksAndScripts() throws IOException {
        Document page = written();

        assertThat(folder.resolve("out").toFile().list()).containsExactlyInAnyOrder("etalon.html", ".etalon-report");
        assertThat(page.select("script, a[href], img, link[rel=stylesheet]")).isEmpty();
        assertThat(page.selectFirst("style").data()).contains(".verdict");
    }

    @Test
    void theWorstTargetStandsFirstWithItsProof() throws IOException {
        Document page = written();

        assertThat(page.select("#verdict li").eachText().get(0)).contains("A1 lost update", "asked on 2026-01-01");
        assertThat(page.select("section").first().select("pre").eachText())
                .anyMatch(text -> text.contains("FORBIDDEN lost-update (A1)"));
        assertThat(page.select("section").size())
                .isEqualTo(page.select("#verdict li").size());
    }

    @Test
    void itIsWrittenOnlyWhereItIsAskedFor() throws IOException {
        SampleRuns.write(folder.resolve("runs"));

        assertThat(Reports.named(List.of()).write(Archive.read(List.of(folder.resolve("runs"))), folder.resolve("all")))
                .doesNotContainKey("single");
    }
}
