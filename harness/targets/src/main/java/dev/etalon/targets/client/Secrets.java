package dev.etalon.targets.client;

import dev.etalon.core.model.SafeUrl;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import okhttp3.HttpUrl;

/** Credentials that a server may send back, in an error page or a Location, and that must not be stored with its answer. */
final class Secrets {
    /** What is shorter comes about by itself, and blacking it out would change what the server said. */
    private static final int LENGTH_MIN = 4;

    private static final String MASK = "***";

    private final List<String> values;

    /**
     * Collects them.
     *
     * @param base its query may hold some
     * @param more those of a login
     */
    Secrets(HttpUrl base, List<String> more) {
        List<String> all = new ArrayList<>(more);
        for (int i = 0; i < base.querySize(); i++) {
            String value = base.queryParameterValue(i);
            if (value != null && SafeUrl.credential(base.queryParameterName(i))) {
                all.add(value);
                all.add(encoded(base, i));
            }
        }
        this.values = all.stream()
                .filter(value -> value.length() >= LENGTH_MIN)
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    private static String encoded(HttpUrl base, int parameter) {
        String pair = String.valueOf(base.encodedQuery()).split("&", -1)[parameter];
        return pair.substring(pair.indexOf('=') + 1);
    }

    String masked(String text) {
        String masked = text;
        for (String value : values) {
            masked = masked.replace(value, MASK);
        }
        return masked;
    }

    byte[] masked(byte[] content) {
        if (values.isEmpty() || content.length == 0) {
            return content;
        }
        // Byte for byte, whatever the content is encoded as.
        String text = new String(content, StandardCharsets.ISO_8859_1);
        String masked = text;
        for (String value : values) {
            masked = masked.replace(
                    new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1), MASK);
        }
        return masked.equals(text) ? content : masked.getBytes(StandardCharsets.ISO_8859_1);
    }
}
