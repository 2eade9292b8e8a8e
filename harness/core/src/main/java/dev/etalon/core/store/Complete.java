package dev.etalon.core.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Reads files of which everything must be there that their type promises: only what is {@link Nullable} may be missing. */
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

    /**
     * Reads a file of ours that tells its own version.
     *
     * @param what names its content in sentences, as {@code a session}
     * @param version of the content, 1 and up
     * @param newest the newest version that is understood
     * @param remedy what to do about a file that cannot be read
     * @throws IOException with one sentence for the user, when it is no such file, of another version, or not whole
     */
    static <T extends Record> T read(
            Path file, Class<T> type, String what, ToIntFunction<T> version, int newest, String remedy)
            throws IOException {
        T stored;
        try {
            stored = Json.MAPPER.readValue(file.toFile(), type);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    what + " that cannot be read: file=" + file + " (" + e.getOriginalMessage() + "); " + remedy, e);
        }
        if (version.applyAsInt(stored) < 1 || version.applyAsInt(stored) > newest) {
            throw new IOException(what + " of a version nobody here knows: file=" + file + " version="
                    + version.applyAsInt(stored) + "; this program reads 1.." + newest
                    + ", use the one that wrote it");
        }
        try {
            return check(stored);
        } catch (IOException e) {
            throw new IOException(what + " not whole: file=" + file + " (" + e.getMessage() + ")", e);
        }
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
