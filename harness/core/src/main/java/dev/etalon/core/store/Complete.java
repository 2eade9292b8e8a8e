package dev.etalon.core.store;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a value read from a file has everything that its type promises: only what is {@link Nullable} may be missing. */
final class Complete {
    private Complete() {}

    /**
     * Gives back a record in which nothing is missing, nor in what it holds.
     *
     * @throws IOException naming the field that is
     */
    static <T extends Record> T check(T value) throws IOException {
        check(value, "");
        return value;
    }

    private static void check(@Nullable Object value, String name) throws IOException {
        if (value == null) {
            throw new IOException("a field is missing: field=" + name);
        }
        if (value instanceof Record) {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                Object part = part(value, component);
                if (part != null || !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                    check(part, name.isEmpty() ? component.getName() : name + "." + component.getName());
                }
            }
        } else if (value instanceof Collection<?> list) {
            int index = 0;
            for (Object each : list) {
                check(each, name + "[" + index++ + "]");
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                check(entry.getValue(), name + "." + entry.getKey());
            }
        }
    }

    private static @Nullable Object part(Object value, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record has an accessor for each component: " + component, e);
        }
    }
}
