package dev.etalon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.session.CellProgress;
import dev.etalon.core.session.Reporter;
import dev.etalon.core.session.Session;
import dev.etalon.core.session.SessionSummary;
import dev.etalon.core.target.Settings;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.ReferenceServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session leaves reports of everything that is stored, and they never change what it says. */
class SessionReportTest {
    @TempDir
    Path runs;

    /** Keeps what it is told. */
    private static final class Told implements Reporter {
        private final List<Path> reports = new ArrayList<>();
        private final List<CellProgress> begun = new ArrayList<>();

        @Override
        public void cellBegun(CellProgress progress) {
            begun.add(progress);
        }

        @Override
        public void reportWritten(Path entry) {
            reports.add(entry);
        }
    }

    private SessionSummary raced(Told told, String... more) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "etalon.runs", runs.toString(),
                "etalon.targets", "reference-http",
                "etalon.scenarios", "http/counter",
                "etalon.increments", "1"));
        for (String setting : more) {
            settings.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        Session session = new Session(Settings.of(settings), List.of(told));
        try (session) {
            session.cells().forEach(session::run);
        }
        return session.summary();
    }

    @Test
    void aSessionLeavesTheReportsThatWereChosen() {
        Told told = new Told();
        raced(told, "etalon.reports=markdown,json");
        assertThat(told.reports).containsExactly(runs.resolve("report/report.json"));
        assertThat(runs.resolve("report/report.md")).content().contains("| reference-http | ✓ |");
    }

    @Test
    void capabilitiesAloneLeaveEveryReport() throws Exception {
        try (ReferenceServer server = ReferenceServer.start(
                new Faithful(Manner.RFC9110), ReferenceServer.Options.PLAIN, "etalon", "secret")) {
            Ended rules = Ended.etalon(
                    "rules",
                    "--url",
                    "http://127.0.0.1:" + server.ports().get(0) + "/",
                    "--capabilities",
                    "--repetitions",
                    "1",
                    "--load",
                    "0",
                    "--runs",
                    runs);
            assertThat(rules.text()).contains("Report: " + runs.resolve("report/index.html"));
        }
        assertThat(runs.resolve("report/junit.xml")).content().contains("<testsuites");
        assertThat(runs.resolve("report/report.json")).isNotEmptyFile();
    }

    @Test
    void noneIsNone() {
        Told told = new Told();
        raced(told, "etalon.reports=none");
        assertThat(told.reports).isEmpty();
        assertThat(runs.resolve("report")).doesNotExist();
    }

    @Test
    void aReportThatCannotBeWrittenChangesNoVerdict() throws IOException {
        Files.writeString(runs.resolve("report"), "in the way");
        Told told = new Told();
        assertThat(raced(told, "etalon.reports=json").exitCode().code()).isZero();
        assertThat(told.reports).isEmpty();
    }

    @Test
    void aReportThatNobodyHasIsRefusedBeforeAnythingIsRaced() {
        assertThatThrownBy(() -> raced(new Told(), "etalon.reports=paper"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("etalon.reports=paper");
    }

    @Test
    void howFarACellIsCanBeAsked() {
        Told told = new Told();
        raced(told, "etalon.reports=none");
        assertThat(told.begun).singleElement().satisfies(progress -> {
            assertThat(progress.name()).isEqualTo("http/counter on reference-http");
            assertThat(progress.unit()).isEqualTo("increments");
            assertThat(progress.done()).isEqualTo(progress.planned()).isPositive();
        });
    }
}
