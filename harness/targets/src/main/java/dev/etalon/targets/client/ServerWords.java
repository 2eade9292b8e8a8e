package dev.etalon.targets.client;

import dev.etalon.core.model.Printable;
import dev.etalon.core.target.Answer;
import dev.etalon.core.target.RawAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server itself says of a refusal, for people: its status, and its sentence where it gives one. Code and message of an
 * S3 error, the title of an HTML page, else the text of the answer; made harmless and cut.
 */
final class ServerWords {
    /** Where a sentence is looked for; error pages have it at their beginning. */
    private static final int LOOKED_AT_BYTES = 8_192;

    private static final Pattern CODE = Pattern.compile("<Code>([^<]+)</Code>");
    private static final Pattern MESSAGE = Pattern.compile("<Message>([^<]+)</Message>");
    private static final Pattern TITLE = Pattern.compile("(?is)<title[^>]*>([^<]+)</title>");
    private static final Pattern HIDDEN = Pattern.compile("(?is)<(script|style|head)\\b.*?</\\1>|<[^>]*>");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private ServerWords() {}

    static String of(RawAnswer answer) {
        return answer.failure() == null
                ? of(answer.status(), answer.body())
                : "nothing (" + Printable.of(String.valueOf(answer.detail())) + ")";
    }

    static String of(Answer answer) {
        return of(answer.status(), answer.body());
    }

    /** {@code 400 InvalidLocationConstraint: "The specified location constraint is not valid"}. */
    static String of(int status, byte[] body) {
        String text = new String(body, 0, Math.min(body.length, LOOKED_AT_BYTES), StandardCharsets.UTF_8);
        Optional<String> code = found(CODE, text);
        Optional<String> sentence =
                code.isPresent() ? found(MESSAGE, text) : found(TITLE, text).or(() -> plain(text));
        return status
                + code.map(word -> " " + Printable.of(word)).orElse("")
                + sentence.map(words -> (code.isPresent() ? ": \"" : " \"") + Printable.of(words) + "\"")
                        .orElse("");
    }

    /** What is to be read of a text, without its markup. */
    private static Optional<String> plain(String text) {
        return Optional.of(line(HIDDEN.matcher(text).replaceAll(" "))).filter(words -> !words.isEmpty());
    }

    private static Optional<String> found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find()
                ? Optional.of(line(matcher.group(1))).filter(words -> !words.isEmpty())
                : Optional.empty();
    }

    private static String line(String text) {
        return SPACE.matcher(text).replaceAll(" ").strip();
    }
}
