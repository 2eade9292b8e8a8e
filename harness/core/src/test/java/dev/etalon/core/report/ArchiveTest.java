package dev.etalon.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Workload;
import dev.etalon.core.store.RunFolder;
import dev.etalon.core.store.StoredSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path runs;

    private RunFolder race(Instant at) throws IOException {
        RunFolder folder = RunFolder.create(runs, "http/counter", "server", at, 412);
        folder.writeJson(RunFolder.PLAN, new Plan("http/counter", 412, 7, "k-", new Workload.Counter(0, 2, 3, 4, 512)));
        return folder;
    }

    private void session(Instant at, String status) throws IOException {
        RunFolder.forSession(runs, at, 412)
                .writeJson(
                        RunFolder.SESSION,
                        new StoredSession(
                                1,
                                at.toString(),
                                412,
                                1,
                                null,
                                List.of(new StoredSession.Cell(
                                        "http/counter",
                                        "it counts",
                                        "server",
                                        "EMBEDDED",
                                        "HTTP",
                                        "rfc9110",
                                        "Server 1",
                                        List.of("PUT_IF_MATCH"),
                                        status,
                                        "because"))));
    }

    @Test
    void aRunWhoseProcessEndedBeforeItWasJudgedIsUndecided() throws Exception {
        race(NOON);
        Archive archive = Archive.read(List.of(runs));
        assertThat(archive.cells()).singleElement().satisfies(cell -> {
            assertThat(cell.status()).isEqualTo("UNDECIDED");
            assertThat(cell.at()).isEqualTo(NOON);
            assertThat(cell.race()).isPresent();
        });
    }

    @Test
    void theLastWordOnACellCounts() throws Exception {
        race(NOON);
        race(NOON.plusSeconds(60));
        session(NOON.plusSeconds(120), "UNAVAILABLE");
        Archive archive = Archive.read(List.of(runs));
        assertThat(archive.cells()).singleElement().satisfies(cell -> {
            assertThat(cell.status()).isEqualTo("UNAVAILABLE");
            assertThat(cell.race()).isEmpty();
            assertThat(archive.runs(cell)).hasSize(2);
        });
    }

    @Test
    void aFolderThatCannotBeReadIsNamedAndHidesNothingElse() throws Exception {
        race(NOON);
        Files.writeString(race(NOON.plusSeconds(1)).plan(), "{");
        Files.writeString(RunFolder.forRules(runs, "server", NOON).rules(), "{}");
        Archive archive = Archive.read(List.of(runs));
        assertThat(archive.races()).hasSize(1);
        assertThat(archive.unreadable()).hasSize(2);
    }

    @Test
    void oneRunFolderAloneIsAnArchiveToo() throws Exception {
        RunFolder folder = race(NOON);
        assertThat(Archive.read(List.of(folder.path(), runs)).races()).hasSize(1);
    }

    @Test
    void whatServersKeepMeanwhileIsNoneOfOurs() throws Exception {
        race(NOON);
        Files.createDirectories(runs.resolve(".targets/server"));
        Files.writeString(runs.resolve(".targets/server/plan.json"), "{");
        Archive archive = Archive.read(List.of(runs));
        assertThat(archive.races()).hasSize(1);
        assertThat(archive.unreadable()).isEmpty();
    }

    @Test
    void whatLacksAFieldIsNotRead() throws Exception {
        race(NOON).writeText(RunFolder.VERDICT, "{\"scenario\":\"http/counter\",\"target\":\"server\"}");
        RunFolder.forSession(runs, NOON, 1)
                .writeText(RunFolder.SESSION, "{\"version\":1,\"begun\":\"2026-01-01T12:00:00Z\",\"cells\":[{}]}");
        RunFolder.forSession(runs, NOON, 2)
                .writeText(RunFolder.SESSION, "{\"version\":1,\"begun\":\"noon\",\"cells\":[]}");
        Archive archive = Archive.read(List.of(runs));
        assertThat(archive.cells())
                .singleElement()
                .satisfies(cell -> assertThat(cell.status()).isEqualTo("UNDECIDED"));
        assertThat(archive.unreadable()).hasSize(2);
        assertThat(archive.unreadable().get(0)).contains("a field is missing: field=cells[0].scenario");
    }

    @Test
    void aFolderWithoutRunsIsSaidToBeOne() {
        assertThatThrownBy(() -> Archive.read(List.of(runs)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no runs below " + runs);
        assertThatThrownBy(() -> Archive.read(List.of(runs.resolve("gone"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a folder");
    }
}
