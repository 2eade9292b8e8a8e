package dev.etalon.cli;

import static dev.etalon.cli.Ended.etalon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.ReferenceServer;
import dev.etalon.targets.reference.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials in a URL open the door, and are in nothing that is left behind. */
class LoginTest {
    private static final String PASSWORD = "corr3ct-horse";
    private static final String TOKEN = "batt3ry-staple";
    private static final String BASIC =
            Base64.getEncoder().encodeToString(("me:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path runs;

    /** Lets in who knows both, loses updates, and tells everybody what it was told. */
    private static final class Gossiping extends Faithful {
        Gossiping() {
            super(Manner.RFC9110);
        }

        @Override
        public Reply answer(Call call) {
            if (!("Basic " + BASIC).equals(call.header("Authorization"))
                    || !TOKEN.equals(call.parameters().get("token"))) {
                return Reply.of(401).with("Who are you?".getBytes(StandardCharsets.UTF_8));
            }
            if (call.header("If-Match") != null) {
                return Reply.of(400)
                        .with("X-You-Sent", "Basic " + BASIC)
                        .with((call.query() + " of me:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
            }
            return super.answer(call);
        }
    }

    private static ReferenceServer server() throws Exception {
        return ReferenceServer.start(new Gossiping(), ReferenceServer.Options.PLAIN, "etalon", "secret");
    }

    private static String url(ReferenceServer server, String login) {
        return "http://" + login + "127.0.0.1:" + server.ports().get(0) + "/?token=" + TOKEN;
    }

    private void nothingIsLeftBehind(Ended ended) throws IOException {
        List<String> secrets = List.of(PASSWORD, TOKEN, BASIC);
        assertThat(ended.text()).doesNotContain(secrets);
        try (Stream<Path> files = Files.walk(runs)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(secrets);
            }
        }
    }

    @Test
    void aRaceLogsInAndLeavesNoCredentialBehind() throws Exception {
        try (ReferenceServer server = server()) {
            Ended race = etalon(
                    "race",
                    "--url",
                    url(server, "me:" + PASSWORD + "@"),
                    "--scenario",
                    "http/create-race",
                    "--rounds",
                    "3",
                    "--runs",
                    runs);
            assertThat(race.code()).as(race.text()).isZero();
            nothingIsLeftBehind(race);
        }
    }

    @Test
    void rulesLogInAndKeepNothingThatAServerSendsBack() throws Exception {
        try (ReferenceServer server = server()) {
            Ended rules = etalon(
                    "rules",
                    "--url",
                    url(server, "me:" + PASSWORD + "@"),
                    "--rule",
                    "IM-0",
                    "--repetitions",
                    "2",
                    "--load",
                    "0",
                    "--runs",
                    runs);
            assertThat(rules.text()).contains("Basic ***", "token=***", "X-You-Sent");
            nothingIsLeftBehind(rules);
        }
    }

    @Test
    void whoIsNotLetInIsToldHowToLogInAndInTheServersWords() throws Exception {
        try (ReferenceServer server = server()) {
            Ended race = etalon(
                    "race",
                    "--url",
                    url(server, "me:" + PASSWORD + "x@"),
                    "--scenario",
                    "http/create-race",
                    "--runs",
                    runs);
            assertThat(race.code()).isEqualTo(69);
            assertThat(runs.resolve("summary.txt"))
                    .content()
                    .contains("refused with 401 \"Who are you?\"", "ETALON_PASSWORD");
            nothingIsLeftBehind(race);
        }
    }

    @Test
    void aUrlThatIsNoneIsNamedWithoutItsPassword() throws Exception {
        nothingIsLeftBehind(etalon("race", "--url", "ftp://me:" + PASSWORD + "@127.0.0.1/?token=" + TOKEN));
    }
}
