package dev.etalon.scenarios.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.etalon.core.session.CellResult;
import dev.etalon.core.store.Json;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Allure is given of a real run. */
@EnabledIfSystemProperty(
        named = "etalon.browser",
        matches = "sample|whole",
        disabledReason = "part of the gate: -Detalon.browser=sample")
@ExtendWith(RealRun.Once.class)
class AllureResultsIT {
    private static final Path RESULTS = Path.of(System.getProperty("allure.results.directory"));

    private static CellResult broken;
    private static JsonNode test;

    @BeforeAll
    static void read(RealRun run) throws IOException {
        // S3Proxy in memory loses updates in a sixth of the rounds.
        broken = run.cells().stream()
                .filter(cell -> cell.name().equals("s3/same-validator on s3proxy-memory"))
                .findFirst()
                .orElseThrow();
        test = result(broken.name());
    }

    /** The last result of that name: an earlier run's may lie there. */
    private static JsonNode result(String name) throws IOException {
        JsonNode last = Json.MAPPER.createObjectNode();
        try (Stream<Path> files = Files.list(RESULTS)) {
            for (Path file : files.filter(path -> path.toString().endsWith("-result.json"))
                    .toList()) {
                JsonNode json = Json.MAPPER.readTree(file.toFile());
                if (json.path("name").asText().equals(name)
                        && json.path("start").asLong() >= last.path("start").asLong()) {
                    last = json;
                }
            }
        }
        return last;
    }

    private static List<String> texts(JsonNode array, String field) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.path(field).asText()));
        return texts;
    }

    private static JsonNode named(JsonNode array, String name) {
        for (JsonNode node : array) {
            if (node.path("name").asText().equals(name)) {
                return node;
            }
        }
        throw new AssertionError("nothing is named " + name + " in " + texts(array, "name"));
    }

    @Test
    void aTestTellsItsPhasesTheGuardAndEveryRound() {
        assertThat(texts(test.path("steps"), "name")).containsExactly("race", "judge");
        List<String> race = texts(named(test.path("steps"), "race").path("steps"), "name");
        assertThat(race.get(0)).startsWith("guard, one client alone");
        assertThat(race).filteredOn(name -> name.startsWith("round ")).hasSize(40);
    }

    @Test
    void aRoundThatBrokeThePromiseFailsAndSaysHow() {
        List<JsonNode> failed = new ArrayList<>();
        named(test.path("steps"), "race").path("steps").forEach(step -> {
            if (step.path("status").asText().equals("failed")) {
                failed.add(step);
            }
        });
        assertThat(failed)
                .isNotEmpty()
                .allSatisfy(
                        step -> assertThat(texts(step.path("steps"), "name")).isNotEmpty());
        assertThat(failed)
                .anySatisfy(step -> assertThat(texts(step.path("steps"), "name"))
                        .anyMatch(name -> name.startsWith("A1 lost update: ")));
    }

    private static Path attachment(String name) {
        return RESULTS.resolve(
                named(test.path("attachments"), name).path("source").asText());
    }

    @Test
    void proofsHistoryAndLogsAreAttached() throws Exception {
        assertThat(texts(test.path("attachments"), "name"))
                .contains(
                        "witness",
                        "HTTP exchange",
                        "timeline of A1 lost update",
                        "outcomes",
                        "strategies",
                        "history",
                        "server log",
                        "where");
        assertThat(attachment("witness")).content().contains("FORBIDDEN lost-update (A1)");
        assertThat(attachment("HTTP exchange")).content().contains("> PUT http", "> If-Match: ", "< 200");
        assertThat(attachment("timeline of A1 lost update")).content().startsWith("<svg ");
    }

    @Test
    void aTestTellsItsParameters() {
        assertThat(texts(test.path("parameters"), "name"))
                .containsExactly("target", "scenario", "dialect", "server", "seed", "clients");
        assertThat(named(test.path("parameters"), "seed").path("value").asText())
                .isEqualTo("0x19c");
    }

    @Test
    void aKnownAnomalyFallsIntoItsCategoryThoughItsTestPasses() throws Exception {
        String message = broken.status() + " " + broken.name() + ": " + broken.sentence();
        if (broken.asExpected()) {
            assertThat(test.path("statusDetails").path("message").asText()).isEqualTo(message);
        }
        List<String> caught = new ArrayList<>();
        for (JsonNode category :
                Json.MAPPER.readTree(RESULTS.resolve("categories.json").toFile())) {
            if (message.matches(category.path("messageRegex").asText())
                    && category.path("matchedStatuses").toString().contains("passed")) {
                caught.add(category.path("name").asText());
            }
        }
        List<String> found = broken.ran().orElseThrow().verdict().counts().keySet().stream()
                .map(anomaly -> anomaly.code() + " " + anomaly.title())
                .toList();
        assertThat(caught).containsExactlyInAnyOrderElementsOf(found);
    }

    @Test
    void theEnvironmentNamesServersAndMachine() throws Exception {
        Properties environment = new Properties();
        try (Reader in = Files.newBufferedReader(RESULTS.resolve("environment.properties"))) {
            environment.load(in);
        }
        assertThat(environment.stringPropertyNames())
                .contains("java", "system", "seed", "target s3proxy-memory", "target tomcat", "target reference-http");
    }

    @Test
    void theExecutorHasAnOrderSoThatTrendsHaveOne() throws Exception {
        JsonNode executor =
                Json.MAPPER.readTree(RESULTS.resolve("executor.json").toFile());
        assertThat(executor.path("buildOrder").asLong()).isPositive();
        assertThat(executor.path("buildName").asText()).contains("seed 0x19c");
    }
}
