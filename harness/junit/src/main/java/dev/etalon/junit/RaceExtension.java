package dev.etalon.junit;

import dev.etalon.core.session.Session;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/**
 * Provides one invocation per cell. All of them share one session, which JUnit closes after the last test: then the
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
        Session session = context.getRoot()
                .getStore(ETALON)
                .computeIfAbsent(Session.class, type -> Session.ofProcess(), Session.class);
        return session.cells().stream()
                .map(cell -> new Invocation(cell.name(), RaceResult.class, () -> new RaceResult(session.run(cell))));
    }
}
