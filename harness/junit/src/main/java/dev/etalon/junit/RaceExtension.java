package dev.etalon.junit;

import dev.etalon.core.session.Session;
import dev.etalon.core.target.Settings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/**
 * Provides one invocation per cell. Those of equal annotations share one session, which JUnit closes after the last test: then the
 * targets are stopped and the closing table is printed.
 */
final class RaceExtension implements TestTemplateInvocationContextProvider {
    private static final ExtensionContext.Namespace ETALON = ExtensionContext.Namespace.create(RaceExtension.class);

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        RaceTest test = context.getRequiredTestMethod().getAnnotation(RaceTest.class);
        Session session = context.getRoot()
                .getStore(ETALON)
                .computeIfAbsent(
                        List.of(test.rounds(), test.increments(), List.of(test.leaveOut())),
                        length -> new Session(settings(test, Settings.ofProcess()), Session.reporters()),
                        Session.class);
        return session.cells().stream()
                .map(cell ->
                        new Invocation(cell.name(), RaceResult.class, () -> RaceResult.of(() -> session.run(cell))));
    }

    /** The user's settings, and where they say nothing the annotation's. */
    static Settings settings(RaceTest test, Settings users) {
        return Targets.without(List.of(test.leaveOut()), users)
                .or(Map.of(
                        "etalon.rounds", Integer.toString(test.rounds()),
                        "etalon.increments", Integer.toString(test.increments())));
    }
}
