package dev.etalon.reports.allure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.etalon.core.model.History;
import dev.etalon.core.model.RoundTally;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.plan.Budget;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.PutRace;
import dev.etalon.core.plan.Scenario;
import dev.etalon.core.session.CellResult;
import dev.etalon.core.session.SessionSummary;
import dev.etalon.core.store.Json;
import dev.etalon.core.store.RunFolder;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.TargetInfo;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFilesTest {
    @TempDir
    Path results;

    private static SessionSummary session(String version) {
        Scenario scenario = new PutRace(Protocol.HTTP, PutRace.Form.COUNTER) {};
        TargetInfo target = new TargetInfo(
                "server", TargetInfo.Kind.EMBEDDED, Protocol.HTTP, "server 1", Dialect.RFC9110, Set.of());
        CellResult.Run run = new CellResult.Run(
                version,
                "http://127.0.0.1/",
                new Plan(scenario.id(), 412, 1, "etalon-1-", scenario.workload(412, new Budget(1, 1))),
                new History(
                        new History.Origin(1, "etalon-1-", scenario.id(), "server", "desk", "2026-01-01T00:00:00Z", 0),
                        List.of(),
                        List.of()),
                Verdict.of(List.of(), RoundTally.none(1), List.of()),
                new RunFolder(Path.of("/runs/x")),
                "",
                List.of());
        return new SessionSummary(
                List.of(new CellResult(scenario, target, CellResult.Status.VALID, "all raced", run)),
                1,
                412,
                Path.of("/runs"),
                Optional.empty());
    }

    @Test
    void aVersionWithLineBreaksAddsNothingToTheEnvironment() throws Exception {
        ResultFiles.write(results, session("1.0\nseed=0x0\r\nforged=yes"), Map.of());
        Properties environment = new Properties();
        try (Reader in = Files.newBufferedReader(results.resolve("environment.properties"))) {
            environment.load(in);
        }
        assertThat(environment)
                .containsEntry("target server", "1.0\nseed=0x0\r\nforged=yes")
                .containsEntry("seed", "0x19c")
                .doesNotContainKey("forged");
    }

    @Test
    void aPipelineIsNamedWithItsNumberAndItsPage() throws Exception {
        ResultFiles.write(
                results,
                session("1.0"),
                Map.of(
                        "GITHUB_RUN_ID", "77",
                        "GITHUB_RUN_NUMBER", "5",
                        "GITHUB_SERVER_URL", "https://forge.example",
                        "GITHUB_REPOSITORY", "a/b"));
        JsonNode executor =
                Json.MAPPER.readTree(results.resolve("executor.json").toFile());
        assertThat(executor.path("buildOrder").asLong()).isEqualTo(5);
        assertThat(executor.path("buildUrl").asText()).isEqualTo("https://forge.example/a/b/actions/runs/77");
    }

    @Test
    void everyAnomalyAndEveryWayNotToKnowHasACategory() throws Exception {
        ResultFiles.write(results, session("1.0"), Map.of());
        JsonNode categories =
                Json.MAPPER.readTree(results.resolve("categories.json").toFile());
        assertThat(categories.findValuesAsText("name"))
                .contains("A1 lost update", "A21 no order explains the answers", "undecided", "target unavailable");
        assertThat(categories)
                .filteredOn(category -> "VIOLATION x on y: A1 lost update in 3 of 5 rounds\nFORBIDDEN lost-update (A1)"
                        .matches(category.path("messageRegex").asText()))
                .extracting(category -> category.path("name").asText())
                .containsExactly("A1 lost update", "not run here", "defect of a test");
    }
}
