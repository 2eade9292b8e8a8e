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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run says repeats it does: the command is given to a shell, and races the same server under the same name. */
class RepeatCommandTest {
    @TempDir
    private Path folder;

    /** Lets in who knows the password and the token. */
    private static final class Guarded extends Faithful {
        Guarded() {
            super(Manner.RFC9110);
        }

        @Override
        public Reply answer(Call call) {
            String login =
                    "Basic " + Base64.getEncoder().encodeToString("me:it's $secret".getBytes(StandardCharsets.UTF_8));
            return login.equals(call.header("Authorization"))
                            && "t0ken".equals(call.parameters().get("access_token"))
                    ? super.answer(call)
                    : Reply.of(401);
        }
    }

    private static ReferenceServer start(Faithful faithful) throws Exception {
        return ReferenceServer.start(faithful, ReferenceServer.Options.PLAIN, "etalon", "etalon-secret");
    }

    private List<Path> commands() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith("repeat.txt")).sorted().toList();
        }
    }

    /** Has a shell run the command of the only run, here and not in a jar. */
    private String repeated(Map<String, String> environment) throws Exception {
        String command = Files.readString(commands().get(0)).strip();
        assertThat(command).contains("java -jar harness/cli/target/etalon.jar race ");
        String here = command.replace(
                "java -jar harness/cli/target/etalon.jar",
                "'" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -XX:TieredStopAtLevel=1 -cp \"$CP\" "
                        + Etalon.class.getName());
        ProcessBuilder shell =
                new ProcessBuilder("sh", "-c", here + " --runs '" + folder + "'").redirectErrorStream(true);
        shell.environment()
                .put("CP", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        shell.environment().putAll(environment);
        Process process = shell.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + said;
    }

    private void race(Object... more) {
        List<Object> all = new ArrayList<>(List.of("race", "--rounds", "2", "--runs", folder));
        all.addAll(List.of(more));
        Ended race = etalon(all.toArray());
        assertThat(race.code()).as(race.text()).isZero();
    }

    @Test
    void aServerBehindALoginIsRacedAgainWithCredentialsFromTheEnvironment() throws Exception {
        try (ReferenceServer server = start(new Guarded())) {
            String host = "127.0.0.1:" + server.ports().get(0);
            race(
                    "--url",
                    "http://me:it's%20$secret@" + host + "/?v=2&access_token=t0ken",
                    "--name",
                    "mine",
                    "--scenario",
                    "http/create-race");
            assertThat(commands()).singleElement().asString().contains("/http/create-race/mine/");
            assertThat(commands().get(0)).content().contains("ETALON_PASSWORD", "ETALON_URL_ACCESS_TOKEN");

            assertThat(repeated(Map.of())).doesNotStartWith("0 ").contains("ETALON_USER");
            assertThat(commands()).hasSize(1);
            assertThat(repeated(Map.of(
                            "ETALON_USER",
                            "me",
                            "ETALON_PASSWORD",
                            "it's $secret",
                            "ETALON_URL_ACCESS_TOKEN",
                            "t0ken")))
                    .startsWith("0 ");
            assertThat(commands()).hasSize(2).allMatch(file -> file.toString().contains("/mine/"));
            assertThat(commands().get(1)).hasSameTextualContentAs(commands().get(0));
        }
    }

    @Test
    void anS3ServerIsRacedAgainInItsBucket() throws Exception {
        try (ReferenceServer server = start(new Faithful(Manner.AWS))) {
            int port = server.ports().get(0);
            race(
                    "--url",
                    "http://127.0.0.1:" + port,
                    "--protocol",
                    "s3",
                    "--bucket",
                    "my-bucket",
                    "--access-key",
                    "etalon",
                    "--secret-key",
                    "etalon-secret",
                    "--scenario",
                    "s3/create-race");
            assertThat(commands().get(0))
                    .content()
                    .contains("--protocol s3", "--bucket my-bucket", "--name 127.0.0.1-" + port)
                    .doesNotContain("etalon-secret");

            assertThat(repeated(Map.of("ETALON_ACCESS_KEY", "etalon", "ETALON_SECRET_KEY", "etalon-secret")))
                    .startsWith("0 ");
            assertThat(commands()).hasSize(2);
        }
    }

    @Test
    void severalServersInOneFolderAreSeveralTargets() throws Exception {
        try (ReferenceServer one = start(new Faithful(Manner.RFC9110));
                ReferenceServer other = start(new Faithful(Manner.RFC9110))) {
            for (ReferenceServer server : List.of(one, other)) {
                race("--url", "http://127.0.0.1:" + server.ports().get(0) + "/", "--scenario", "http/create-race");
            }
            assertThat(folder.resolve("report/report.md"))
                    .content()
                    .contains(
                            "127.0.0.1-" + one.ports().get(0),
                            "127.0.0.1-" + other.ports().get(0))
                    .doesNotContain("external |");
        }
    }

    @Test
    void aServerIsNotNamedLikeABundledOne() {
        Ended race = etalon("race", "--url", "http://127.0.0.1:1/", "--name", "minio", "--runs", folder);
        assertThat(race.code()).isEqualTo(64);
        assertThat(race.text()).contains("--name must not be the name of a bundled target: --name=minio");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mine", "a b", "../up", "-x"})
    void aNameIsOneThatFilesAndTablesTake(String name) {
        Ended race = etalon("race", "--url", "http://127.0.0.1:1/", "--name=" + name, "--runs", folder);
        assertThat(race.code()).isEqualTo(64);
        assertThat(race.text()).endsWith("--name=" + name + "\n");
    }
}
