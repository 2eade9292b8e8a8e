package dev.etalon.junit;

import dev.etalon.core.session.RuleSession;
import dev.etalon.core.target.Settings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Provides one invocation per rule and target, target by target. */
final class RuleExtension implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        RuleTest test = context.getRequiredTestMethod().getAnnotation(RuleTest.class);
        RuleSession session = RuleSession.everywhere(settings(test, Settings.ofProcess()));
        return session.targets().stream()
                .flatMap(target -> session.rules(target).stream()
                        .map(rule -> new Invocation(
                                RuleSession.name(rule, target),
                                RuleResult.class,
                                () -> new RuleResult(session.result(rule, target)))));
    }

    /** The user's settings, and where they say nothing the annotation's. */
    static Settings settings(RuleTest test, Settings users) {
        return Targets.without(List.of(test.leaveOut()), users)
                .or(Map.of(
                        "etalon.repetitions", Integer.toString(test.repetitions()),
                        "etalon.load", Integer.toString(test.load())));
    }
}
