package dev.etalon.cli;

import static dev.etalon.cli.Ended.etalon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.ReferenceServer;
import dev.etalon.targets.reference.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user knows to be wrong with a server passes, until something new comes. */
class KnownFileTest {
    @TempDir
    private Path folder;

    /** Has never heard of If-Match; honours If-None-Match as long as it is told to. */
    private static final class Careless extends Faithful {
        private volatile boolean createsOnce = true;

        Careless() {
            super(Manner.RFC9110);
        }

        @Override
        public Reply answer(Call call) {
            boolean blind = call.header("If-Match") != null || (!createsOnce && call.header("If-None-Match") != null);
            return super.answer(blind ? call.bare() : call);
        }
    }

    private Ended asked(ReferenceServer server, String command, Object... more) {
        List<Object> all = new ArrayList<>(List.of(
                command, "--url", "http://127.0.0.1:" + server.ports().get(0) + "/", "--runs", folder.resolve("runs")));
        all.addAll(List.of(more));
        return etalon(all.toArray());
    }

    private static ReferenceServer start(Faithful faithful) throws Exception {
        return ReferenceServer.start(faithful, ReferenceServer.Options.PLAIN, "etalon", "secret");
    }

    private int raced(ReferenceServer server, Object... more) {
        List<Object> all = new ArrayList<>(
                List.of("--scenario", "http/same-validator", "--scenario", "http/create-race", "--rounds", "5"));
        all.addAll(List.of(more));
        return asked(server, "race", all.toArray()).code();
    }

    private Ended rules(ReferenceServer server, Object... more) {
        List<Object> all =
                new ArrayList<>(List.of("--rule", "IM-0", "--rule", "NM-0", "--repetitions", "2", "--load", "0"));
        all.addAll(List.of(more));
        return asked(server, "rules", all.toArray());
    }

    @Test
    void aFileMakesARaceGreenUntilSomethingNewComes() throws Exception {
        Path known = folder.resolve("known.json");
        Careless careless = new Careless();
        try (ReferenceServer server = start(careless)) {
            assertThat(raced(server, "--write-known", known)).isEqualTo(1);
            assertThat(known).content().contains("\"scenario\" : \"http/same-validator\"");
            assertThat(raced(server, "--known", known)).isZero();
            assertThat(folder.resolve("runs/summary.txt")).content().contains("known: ");
            careless.createsOnce = false;
            assertThat(raced(server, "--known", known)).isEqualTo(1);
            assertThat(folder.resolve("runs/summary.txt")).content().contains("new: ");
        }
    }

    @Test
    void theSameFileHoldsTheRulesThatAreKnownToBeBroken() throws Exception {
        Path known = folder.resolve("known.json");
        Careless careless = new Careless();
        try (ReferenceServer server = start(careless)) {
            raced(server, "--write-known", known);
            Ended first = rules(server, "--write-known", known);
            assertThat(first.code()).as(first.text()).isEqualTo(1);
            assertThat(known).content().contains("\"rule\" : \"IM-", "\"scenario\" : \"http/same-validator\"");

            Ended again = rules(server, "--known", known);
            assertThat(again.code()).as(again.text()).isZero();
            assertThat(again.text()).contains("  FAIL", "of them known)");
            assertThat(folder.resolve("runs/report/junit.xml")).content().contains("known: MUST");

            careless.createsOnce = false;
            assertThat(rules(server, "--known", known).code()).isEqualTo(1);
        }
    }

    @Test
    void aFileIsAboutOneServer() throws Exception {
        Ended race = etalon("race", "--write-known", folder.resolve("known.json"), "--runs", folder);
        assertThat(race.code()).isEqualTo(64);
        assertThat(race.text()).contains("--write-known writes what is known of one server");
        assertThat(Files.exists(folder.resolve("known.json"))).isFalse();
    }

    @Test
    void aFileThatCannotBeWrittenIsRefusedBeforeAnythingIsRaced() {
        Ended race = etalon("race", "--url", "http://127.0.0.1:1/", "--write-known", folder.resolve("no/known.json"));
        assertThat(race.code()).isEqualTo(64);
        assertThat(race.text()).contains("--write-known must name a file in a folder that is there");
    }
}
