package dev.etalon.scenarios.browser;

import dev.etalon.core.session.CellResult;
import dev.etalon.core.session.Reporter;
import dev.etalon.core.session.SessionSummary;
import dev.etalon.reports.allure.AllureReporter;
import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.TestResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One short run on real servers, raced once for all tests that look at what reports make of it.
 *
 * @param archives where it is stored
 * @param cells what became of its cells
 */
record RealRun(Archives archives, List<CellResult> cells) {
    private static RealRun race() {
        try {
            // Left there, so that one can look at what a test saw.
            Archives archives =
                    new Archives(Files.createTempDirectory(Files.createDirectories(Path.of("target")), "run-"));
            return new RealRun(archives, archives.race(List.of(new AsTests())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the run to whoever has a parameter for it. */
    static final class Once implements ParameterResolver {
        private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(RealRun.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == RealRun.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot().getStore(HERE).computeIfAbsent(RealRun.class, type -> race(), RealRun.class);
        }
    }

    /** What JUnit and Allure's extension do around a cell. */
    private static final class AsTests implements Reporter {
        private final AllureReporter reporter = new AllureReporter();

        @Override
        public void cellFinished(CellResult cell) {
            AllureLifecycle allure = Allure.getLifecycle();
            String test = UUID.randomUUID().toString();
            allure.scheduleTestCase(new TestResult().setUuid(test));
            allure.startTestCase(test);
            reporter.cellFinished(cell);
            allure.updateTestCase(test, result -> result.setStatus(Status.PASSED));
            allure.stopTestCase(test);
            allure.writeTestCase(test);
        }

        @Override
        public void sessionFinished(SessionSummary session) throws IOException {
            reporter.sessionFinished(session);
        }
    }
}
