package dev.etalon.junit;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/**
 * One test of a template.
 *
 * @param name its name
 * @param type of the parameter that the method takes
 * @param result what the method is given; asked for once, when the test runs
 */
record Invocation(String name, Class<?> type, Supplier<?> result)
        implements TestTemplateInvocationContext, ParameterResolver {
    @Override
    public String getDisplayName(int index) {
        return name;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
        return List.of(this);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == type;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return result.get();
    }
}
