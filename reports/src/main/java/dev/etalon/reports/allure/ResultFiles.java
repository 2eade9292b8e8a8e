package dev.etalon.reports.allure;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.session.CellResult;
import dev.etalon.core.session.SessionSummary;
import dev.etalon.core.store.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/** The files that stand for the whole session beside the results of its tests: environment, categories, executor. */
final class ResultFiles {
    private ResultFiles() {}

    static void write(Path results, SessionSummary session, Map<String, String> environment) throws IOException {
        Files.writeString(results.resolve("environment.properties"), environment(session));
        json(results.resolve("categories.json"), categories());
        json(results.resolve("executor.json"), executor(session, environment));
    }

    private static void json(Path file, Object value) throws IOException {
        Files.writeString(file, Json.MAPPER.writeValueAsString(value));
    }

    private static String environment(SessionSummary session) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("java", Runtime.version().toString());
        properties.setProperty(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        properties.setProperty("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        properties.setProperty("seed", "0x" + Long.toHexString(session.seed()));
        session.interrupted().ifPresent(reason -> properties.setProperty("ended early", reason));
        for (CellResult cell : session.cells()) {
            cell.ran()
                    .ifPresent(run ->
                            properties.setProperty("target " + cell.target().name(), run.version()));
        }
        // Written by the class that reads it: a server's version may hold anything, line breaks too.
        StringWriter text = new StringWriter();
        properties.store(text, null);
        return text.toString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .sorted()
                .map(line -> line + "\n")
                .reduce("", String::concat);
    }

    /** One category for each anomaly, known ones too, whose tests pass; and one for each way not to know. */
    private static List<Map<String, Object>> categories() {
        List<Map<String, Object>> categories = new ArrayList<>();
        for (Anomaly anomaly : Anomaly.values()) {
            String name = anomaly.label();
            categories.add(category(name, List.of("failed", "passed"), ".*\\b" + Pattern.quote(name) + "\\b.*"));
        }
        categories.add(category("undecided", List.of("failed"), CellResult.Status.UNDECIDED + " .*"));
        categories.add(category("target unavailable", List.of("failed"), CellResult.Status.UNAVAILABLE + " .*"));
        categories.add(category("not run here", List.of("skipped"), ".*"));
        categories.add(category("defect of a test", List.of("broken"), ".*"));
        return categories;
    }

    private static Map<String, Object> category(String name, List<String> statuses, String message) {
        Map<String, Object> category = new LinkedHashMap<>();
        category.put("name", name);
        category.put("matchedStatuses", statuses);
        category.put("messageRegex", "(?s)" + message);
        return category;
    }

    /** Who ran it: a pipeline where there is one, else whoever sits here. Allure's trends go by its order. */
    private static Map<String, Object> executor(SessionSummary session, Map<String, String> environment) {
        Map<String, Object> executor = new LinkedHashMap<>();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String seed = "seed 0x" + Long.toHexString(session.seed());
        if (environment.containsKey("GITHUB_RUN_ID")) {
            executor.put("name", "GitHub Actions");
            executor.put("type", "github");
            executor.put("buildOrder", Long.parseLong(environment.getOrDefault("GITHUB_RUN_NUMBER", "0")));
            executor.put("buildName", environment.getOrDefault("GITHUB_WORKFLOW", "build") + ", " + seed);
            executor.put(
                    "buildUrl",
                    environment.getOrDefault("GITHUB_SERVER_URL", "") + "/"
                            + environment.getOrDefault("GITHUB_REPOSITORY", "") + "/actions/runs/"
                            + environment.get("GITHUB_RUN_ID"));
        } else {
            executor.put("name", "by hand");
            executor.put("type", "local");
            executor.put("buildOrder", now.getEpochSecond());
            executor.put("buildName", now + ", " + seed);
        }
        executor.put("reportName", "Etalon");
        return executor;
    }
}
