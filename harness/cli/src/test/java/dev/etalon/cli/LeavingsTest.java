package dev.etalon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.session.ExitCode;
import dev.etalon.core.session.Reporter;
import dev.etalon.core.session.Session;
import dev.etalon.core.target.Settings;
import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is on a server after we have asked it, and on this machine: what was there before, and nothing else. */
class LeavingsTest {
    @TempDir
    private Path runs;

    private Ended race(ListedServer server, String... more) {
        return etalon("race", server, more);
    }

    private Ended etalon(String command, ListedServer server, String... more) {
        List<Object> all = new ArrayList<>(List.of(command, "--url", server.url(), "--runs", runs));
        if (server.s3()) {
            all.addAll(List.of("--protocol", "s3", "--bucket", "mine"));
            all.addAll(List.of("--access-key", ListedServer.ACCESS_KEY, "--secret-key", ListedServer.SECRET_KEY));
        }
        all.addAll(List.of(more));
        return Ended.etalon(all.toArray());
    }

    /** What a user has, under names that look like ours. */
    private static void furnish(ListedServer server) {
        server.ask("PUT", "/mine", "", "");
        server.ask("PUT", "/mine/etalon-of-paris", "", "a metre");
        server.ask("PUT", "/mine/other", "", "of the user's");
        server.ask("POST", "/mine/etalon-film", "uploads", "");
        server.ask("PUT", "/mine-etalon-versioned", "", "");
        server.ask(
                "PUT",
                "/mine-etalon-versioned",
                "versioning",
                "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
        server.ask("PUT", "/mine-etalon-versioned/etalon-of-paris", "", "a metre");
        server.ask("DELETE", "/mine-etalon-versioned/etalon-of-paris", "", "");
    }

    private void assertNoFolderOfATarget() throws IOException {
        try (Stream<Path> files = Files.list(runs)) {
            assertThat(files.map(file -> file.getFileName().toString())).doesNotContain(".targets");
        }
    }

    @Test
    void aRaceLeavesAnHttpServerAsItWas() throws Exception {
        try (ListedServer server = new ListedServer(Manner.RFC9110)) {
            server.ask("PUT", "/etalon-of-paris", "", "a metre");
            Map<String, Set<String>> before = server.listed();

            Ended race = race(server, "--rounds", "3", "--increments", "3");

            assertThat(race.code()).as(race.text()).isZero();
            assertThat(server.listed()).isEqualTo(before).hasSize(1);
            assertNoFolderOfATarget();
        }
    }

    @Test
    void racesLeaveAnS3ServerAsItWas_withVersionsMarkersUploadsAndBuckets() throws Exception {
        try (ListedServer server = new ListedServer(Manner.AWS)) {
            furnish(server);
            Map<String, Set<String>> before = server.listed();

            Ended race = race(
                    server,
                    "--rounds",
                    "3",
                    "--increments",
                    "3",
                    "--scenario",
                    "s3/every-operation",
                    "--scenario",
                    "s3/free-run-deletes",
                    "--versioning",
                    "off,enabled,suspended");

            assertThat(race.code()).as(race.text()).isZero();
            assertThat(server.listed()).isEqualTo(before).containsKeys("mine", "mine/other", "mine-etalon-versioned");
        }
    }

    @Test
    void bucketsThatWereNotThereBeforeAreGoneAfterwards() throws Exception {
        try (ListedServer server = new ListedServer(Manner.AWS)) {
            Ended race = race(
                    server, "--rounds", "2", "--scenario", "s3/create-race", "--versioning", "off,enabled,suspended");

            assertThat(race.code()).as(race.text()).isZero();
            assertThat(server.listed()).isEmpty();
        }
    }

    @Test
    void aBucketOfOursThatSomebodyElseUsesByNowStays() throws Exception {
        try (ListedServer server = new ListedServer(Manner.AWS) {
            @Override
            public Reply answer(Call call) {
                if (call.method().equals("GET") && call.name().startsWith("mine/etalon-")) {
                    ask("PUT", "/mine/theirs", "", "of another user");
                }
                return super.answer(call);
            }
        }) {
            Ended race = race(server, "--rounds", "2", "--scenario", "s3/create-race");

            assertThat(race.code()).as(race.text()).isZero();
            assertThat(server.listed()).containsOnlyKeys("mine", "mine/theirs");
        }
    }

    @Test
    void rulesLeaveAnS3ServerAsItWas() throws Exception {
        try (ListedServer server = new ListedServer(Manner.AWS)) {
            furnish(server);
            Map<String, Set<String>> before = server.listed();

            Ended rules = etalon(
                    "rules",
                    server,
                    "--repetitions",
                    "1",
                    "--load",
                    "1",
                    "--rule",
                    "P19",
                    "--rule",
                    "P20",
                    "--rule",
                    "M01",
                    "--rule",
                    "D1");

            assertThat(rules.text()).contains("PASS           P19", " 0 broken");
            assertThat(server.listed()).isEqualTo(before);
            assertNoFolderOfATarget();
        }
    }

    @Test
    void rulesLeaveAnHttpServerAsItWas() throws Exception {
        try (ListedServer server = new ListedServer(Manner.RFC9110)) {
            Ended rules = etalon("rules", server, "--repetitions", "1", "--load", "1", "--rule", "IM-");

            assertThat(rules.text()).contains(" 0 broken");
            assertThat(server.listed()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"race", "rules"})
    void uploadsAreAbortedAsTheyGo(String command) throws Exception {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (ListedServer server = new ListedServer(Manner.AWS) {
            @Override
            public Reply answer(Call call) {
                Reply reply = super.answer(call);
                boolean done = reply.status() / 100 == 2;
                if (done && call.method().equals("POST") && call.parameters().containsKey("uploads")) {
                    most.accumulateAndGet(open.incrementAndGet(), Math::max);
                } else if (done
                        && call.parameters().containsKey("uploadId")
                        && !call.method().equals("PUT")) {
                    open.decrementAndGet();
                }
                return reply;
            }
        }) {
            Ended ended = command.equals("race")
                    ? race(server, "--rounds", "20", "--scenario", "s3/complete", "--alignments", "gate")
                    : etalon("rules", server, "--repetitions", "20", "--load", "0", "--rule", "M");

            assertThat(ended.code()).as(ended.text()).isZero();
            assertThat(most.get()).as("uploads open at a time").isPositive().isLessThan(40);
            assertThat(server.listed()).isEmpty();
        }
    }

    @Test
    void keepKeepsWhatWasMade() throws Exception {
        try (ListedServer server = new ListedServer(Manner.AWS)) {
            race(server, "--rounds", "2", "--scenario", "s3/complete", "--keep");

            assertThat(server.listed()).hasSizeGreaterThan(3);
            assertThat(server.listed().get("mine")).as("open uploads").isNotEmpty();
            assertThat(runs.resolve(".targets")).isNotEmptyDirectory();
        }
    }

    @Test
    void aServerThatRefusesDeletesMakesOneSentenceAndIsNotAskedForEachOfThem() throws Exception {
        AtomicInteger deletes = new AtomicInteger();
        try (ListedServer server = new ListedServer(Manner.RFC9110) {
            @Override
            public Reply answer(Call call) {
                if (call.method().equals("DELETE")) {
                    deletes.incrementAndGet();
                    return Reply.of(405);
                }
                return super.answer(call);
            }
        }) {
            List<String> left = new ArrayList<>();
            Reporter reporter = new Reporter() {
                @Override
                public void leftBehind(String sentence) {
                    left.add(sentence);
                }
            };
            Settings settings = Settings.of(Map.of(
                    "etalon.url", server.url(),
                    "etalon.targets", "external",
                    "etalon.scenarios", "http/create-race",
                    "etalon.rounds", "120",
                    "etalon.runs", runs.toString()));
            Session session = new Session(settings, List.of(reporter));
            try (session) {
                session.cells().forEach(session::run);
            }

            assertThat(session.summary().exitCode()).isEqualTo(ExitCode.VALID);
            assertThat(left)
                    .singleElement()
                    .asString()
                    .matches("\\d{2,} things could not be removed from " + server.url()
                            + " \\(DELETE was answered 405\\); .*");
            assertThat(deletes.get()).isLessThan(120);
            assertThat(server.listed()).hasSizeGreaterThan(120);
        }
    }
}
