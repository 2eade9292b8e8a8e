package dev.etalon.reports.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.report.StoredRace;
import dev.etalon.core.store.RunFolder;
import dev.etalon.reports.html.AnomalyPages;
import dev.etalon.reports.html.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page of an anomaly tells, and what a server cannot make of it. */
class WitnessPagesTest {
    private static final String URL = "http://127.0.0.1:8080/";

    @TempDir
    Path folder;

    private List<AnomalyPages.Proof> write(String site, StoredRace race) throws IOException {
        Path out = Files.createDirectories(folder.resolve(site));
        return new WitnessPages().write(Site.in(out), race);
    }

    private String page(String site, AnomalyPages.Proof proof) throws IOException {
        return Files.readString(folder.resolve(site).resolve(proof.path()));
    }

    private StoredRace race(Telling telling, String url) throws IOException {
        return telling.stored(folder.resolve("runs"), url);
    }

    @Test
    void aPageTellsWhatHappenedHowOftenAndHowToSeeItAgain() throws Exception {
        StoredRace race = race(new Telling("http/counter").lostUpdate(0, "\"t\"", 0), URL);
        AnomalyPages.Proof proof = write("site", race).get(0);
        assertThat(proof.code()).isEqualTo("A1");
        assertThat(proof.path()).isEqualTo(Site.anomaly(race, 1));
        assertThat(page("site", proof))
                .contains("Two clients changed the same version")
                .contains("2 applied writes have the same parent w0#1")
                .contains("Or else", "several servers behind one name")
                .contains("PUT http://127.0.0.1:8080/etalon-0", "If-Match: \"t\"")
                .contains("✗ LOST although accepted (204), w1#1")
                .contains("its end withheld until 8 ms", "(no answer before the run ended)")
                .contains("etalon race --scenario http/counter --target server --seed 0x19c")
                .contains("judge target/etalon/http/counter/server/20260101T120000.000Z-19c")
                .contains("https://www.rfc-editor.org/rfc/rfc9110.html#section-13.1.1", "versity/versitygw#2288");
    }

    @Test
    void theSamePagesAreWrittenEveryTime() throws Exception {
        StoredRace race = race(new Telling("http/counter").lostUpdate(0, "\"t\"", 0), URL);
        AnomalyPages.Proof once = write("once", race).get(0);
        AnomalyPages.Proof again = write("again", race).get(0);
        assertThat(page("once", once)).isEqualTo(page("again", again));
    }

    @Test
    void whatAServerSendsIsNeverMarkup() throws Exception {
        String hostile = "\"</pre></svg><script>alert(1)</script>\u001b[2J\u202e\u0000\uffff'\"";
        StoredRace race = race(new Telling("http/counter").lostUpdate(0, hostile, 0), URL);
        AnomalyPages.Proof proof = write("site", race).get(0);
        assertThat(page("site", proof))
                .contains("&lt;script&gt;alert(1)")
                .doesNotContain("<script>alert", "</pre></svg>", "\u001b", "\u202e", "\u0000", "\uffff");
    }

    @Test
    void aTagOfKilobytesIsCutWithANotice() throws Exception {
        StoredRace race = race(new Telling("http/counter").lostUpdate(0, "\"" + "x".repeat(4_000) + "\"", 0), URL);
        AnomalyPages.Proof proof = write("site", race).get(0);
        assertThat(page("site", proof)).contains("(200 of 4002 characters)").doesNotContain("x".repeat(1_000));
    }

    @Test
    void credentialsInAnAddressAreNotShown() throws Exception {
        StoredRace race = race(
                new Telling("s3/counter").lostUpdate(0, "\"t\"", 0), "https://me:hush@store.test/base?token=hush#hush");
        AnomalyPages.Proof proof = write("site", race).get(0);
        assertThat(page("site", proof))
                .contains("PUT https://store.test/base/$BUCKET/etalon-0", "Authorization: (masked)")
                .doesNotContain("hush", "me@");
    }

    @Test
    void onlyTheFirstAnomaliesHaveAPageAndThePageSaysSo() throws Exception {
        Telling many = new Telling("http/counter");
        for (int key = 0; key < 25; key++) {
            many.lostUpdate(key, "\"t" + key + "\"", 20L * key);
        }
        List<AnomalyPages.Proof> proofs = write("site", race(many, URL));
        assertThat(proofs).hasSize(Site.ANOMALIES_MAX);
        assertThat(page("site", proofs.get(0))).contains("The first 20 of 25 anomalies of this run have a page");
        assertThat(page("site", proofs.get(19))).contains("Previous anomaly").doesNotContain("Next anomaly");
    }

    @Test
    void aRunThatCannotBeReadHasNoPages() throws Exception {
        StoredRace race = race(new Telling("http/counter").lostUpdate(0, "\"t\"", 0), URL);
        Files.writeString(new RunFolder(race.folder()).history(), "{\"etalon-h");
        assertThat(write("site", race)).isEmpty();
    }

    @Test
    void theSiteFindsThem() {
        assertThat(ServiceLoader.load(AnomalyPages.class)).hasAtLeastOneElementOfType(WitnessPages.class);
    }
}
