package dev.etalon.reports.html;

import dev.etalon.core.store.StoredRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests and answers as they were on the wire, cut where they are too long to be read, with a notice. */
public final class ExchangeText {
    private static final int FIELDS_MAX = 40;
    private static final int FIELD_CHARACTERS_MAX = 400;
    private static final int BODY_CHARACTERS_MAX = 1_500;
    private static final int LINE_CHARACTERS_MAX = 1_000;

    private ExchangeText() {}

    /** A request. */
    public static String of(StoredRules.Sent sent) {
        return text(line(sent), sent.headers(), sent.body());
    }

    /** An answer, or why there is none. */
    public static String of(StoredRules.Answer answer) {
        return answer.failure() == null
                ? text(String.valueOf(answer.status()), answer.headers(), answer.body())
                : "no answer: " + Visible.of(answer.failure(), LINE_CHARACTERS_MAX);
    }

    /** Request and answer in one line. */
    public static String summary(StoredRules.Exchange exchange) {
        StoredRules.Answer answer = exchange.answer();
        return line(exchange.sent()) + " → " + (answer.failure() == null ? answer.status() : "no answer");
    }

    private static String line(StoredRules.Sent sent) {
        String query = sent.query().isEmpty() ? "" : "?" + String.join("&", sent.query());
        return Visible.of(sent.method() + " " + sent.path() + query, LINE_CHARACTERS_MAX);
    }

    private static String text(String line, List<String> fields, @Nullable String body) {
        StringBuilder text = new StringBuilder(line).append('\n');
        // A line break within a field is a way to make one field look like two.
        fields.stream()
                .limit(FIELDS_MAX)
                .map(field -> Visible.of(field.replace('\n', '␊'), FIELD_CHARACTERS_MAX))
                .forEach(field -> text.append(field).append('\n'));
        if (fields.size() > FIELDS_MAX) {
            text.append("… (cut here: ")
                    .append(Figures.count(fields.size() - FIELDS_MAX, "more field"))
                    .append(")\n");
        }
        if (body != null && !body.isEmpty()) {
            text.append('\n').append(Visible.of(body, BODY_CHARACTERS_MAX));
        }
        return text.toString().stripTrailing();
    }
}
