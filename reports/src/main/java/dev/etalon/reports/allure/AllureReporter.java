package dev.etalon.reports.allure;

import dev.etalon.core.session.CellResult;
import dev.etalon.core.session.Reporter;
import dev.etalon.core.session.SessionSummary;
import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.TestResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Adds to the Allure test that runs the cell: labels, parameters, a step per phase and per round, and the witnesses,
 * exchanges, timelines, history and server log as attachments. Does nothing when no Allure test is running.
 */
public final class AllureReporter implements Reporter {
    private final Path results;
    private final Map<String, String> environment;

    /** Writes beside the results of this process. */
    public AllureReporter() {
        this(Path.of(System.getProperty("allure.results.directory", "allure-results")), System.getenv());
    }

    AllureReporter(Path results, Map<String, String> environment) {
        this.results = results;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public void cellFinished(CellResult cell) {
        AllureLifecycle allure = Allure.getLifecycle();
        if (allure.getCurrentTestCase().isEmpty()) {
            return;
        }
        allure.updateTestCase(test -> describe(test, cell));
        cell.ran().ifPresent(run -> {
            allure.updateTestCase(test -> test.getSteps().addAll(CellSteps.of(run)));
            CellAttachments.add(allure, run);
        });
    }

    private static void describe(TestResult test, CellResult cell) {
        test.setName(cell.name());
        test.setDescription(cell.scenario().promise());
        // Stable over runs, so that Allure's history follows the cell, not the invocation number.
        test.setHistoryId(cell.name());
        test.setTestCaseId(cell.name());
        test.setParameters(parameters(cell));
        label(test, "epic", cell.scenario().protocol().name());
        label(test, "feature", cell.scenario().needs().label());
        label(test, "story", cell.scenario().id());
        cell.ran()
                .ifPresent(run -> run.verdict().counts().keySet().forEach(found -> label(test, "tag", found.label())));
        if (cell.asExpected()) {
            // A test that fails or is skipped brings its own message, which begins like this one.
            test.setStatusDetails(new StatusDetails()
                    .setMessage(cell.status() + " " + cell.name() + ": " + cell.sentence())
                    .setKnown(cell.status() == CellResult.Status.KNOWN));
        }
    }

    private static List<Parameter> parameters(CellResult cell) {
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(parameter("target", cell.target().name()));
        parameters.add(parameter("scenario", cell.scenario().id()));
        parameters.add(parameter("dialect", cell.target().dialect().name()));
        cell.ran().ifPresent(run -> {
            parameters.add(parameter("server", run.version()));
            parameters.add(parameter("seed", "0x" + Long.toHexString(run.plan().seed())));
            parameters.add(
                    parameter("clients", String.valueOf(run.plan().workload().concurrency())));
        });
        return parameters;
    }

    private static Parameter parameter(String name, String value) {
        return new Parameter().setName(name).setValue(value);
    }

    private static void label(TestResult test, String name, String value) {
        test.getLabels().add(new Label().setName(name).setValue(value));
    }

    @Override
    public void sessionFinished(SessionSummary session) throws IOException {
        if (Files.isDirectory(results)) {
            ResultFiles.write(results, session, environment);
        }
    }
}
