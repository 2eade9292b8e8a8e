package dev.etalon.core.conformance;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of the names in braces, during one repetition. */
final class Names {
    private static final Pattern NAME = Pattern.compile("\\{(\\w+)(?:\\.(\\w+))?(?:([+-]\\d+)([shd]))?}");

    /** IMF-fixdate and the two obsolete forms of RFC 9110 §5.6.7. */
    private static final DateTimeFormatter IMF_FIXDATE = form("EEE, dd MMM yyyy HH:mm:ss 'GMT'");

    private static final DateTimeFormatter RFC850 = form("EEEE, dd-MMM-yy HH:mm:ss 'GMT'");
    private static final DateTimeFormatter ASCTIME = form("EEE MMM ppd HH:mm:ss yyyy");

    private final Map<String, String> values = new HashMap<>();

    Names(Map<String, String> known) {
        // Shaped like content-MD5 tags, so that a server that parses tags does not trip over the form.
        values.put("X", "\"00000000000000000000000000000000\"");
        values.put("Y", "\"ffffffffffffffffffffffffffffffff\"");
        values.putAll(known);
    }

    private static DateTimeFormatter form(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.US).withZone(ZoneOffset.UTC);
    }

    /** Something a rule asks for that the server did not give. */
    static final class MissingException extends Exception {
        private static final long serialVersionUID = 1L;

        MissingException(String message) {
            super(message);
        }
    }

    void put(String name, String value) {
        values.put(name, value);
    }

    /** Whether a name has a value. */
    boolean knows(String name) {
        return values.containsKey(name);
    }

    /** Text with every name in braces replaced by its value. */
    String resolve(String template) throws MissingException {
        Matcher matcher = NAME.matcher(template);
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(text, Matcher.quoteReplacement(value(matcher)));
        }
        return matcher.appendTail(text).toString();
    }

    /** Segments of a path that names nothing but places and keys. */
    List<String> path(String template) {
        try {
            return List.of(resolve(template).split("/"));
        } catch (MissingException e) {
            throw new IllegalStateException("a subject's path names nothing that a server gives: path=" + template, e);
        }
    }

    private String value(Matcher matcher) throws MissingException {
        String name = matcher.group(1);
        String value = values.get(name);
        if (value == null) {
            throw new MissingException(
                    switch (name) {
                        case "E" -> "it gives no entity tag";
                        case "LM" -> "it gives no Last-Modified";
                        default ->
                            throw new IllegalArgumentException(
                                    "a rule may only name what its steps keep: name={" + name + "}; keep it in given");
                    });
        }
        if (matcher.group(3) != null) {
            value = shifted(value, Long.parseLong(matcher.group(3)), matcher.group(4));
        }
        String spelling = matcher.group(2);
        // The value may hold the name of the subject's path in turn.
        return spelling == null ? resolve(value) : spelled(value, spelling);
    }

    private static String spelled(String value, String spelling) throws MissingException {
        String opaque = value.startsWith("W/") ? value.substring(2) : value;
        return switch (spelling) {
            case "strong" -> opaque;
            case "weak" -> "W/" + opaque;
            case "raw" -> opaque.replace("\"", "");
            case "quoted" -> (value.startsWith("W/") ? "W/" : "") + "\"" + opaque.replace("\"", "") + "\"";
            case "open" -> opaque.endsWith("\"") ? opaque.substring(0, opaque.length() - 1) : opaque;
            case "imf" -> IMF_FIXDATE.format(date(value));
            case "rfc850" -> RFC850.format(date(value));
            case "asctime" -> ASCTIME.format(date(value));
            default -> throw new IllegalArgumentException("no such spelling: " + spelling);
        };
    }

    private static String shifted(String date, long amount, String unit) throws MissingException {
        Duration by = switch (unit) {
            case "s" -> Duration.ofSeconds(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
        return IMF_FIXDATE.format(date(date).plus(by));
    }

    static ZonedDateTime date(String value) throws MissingException {
        try {
            // Documents of the S3 API have the form of RFC 3339.
            return value.endsWith("Z")
                    ? Instant.parse(value).atZone(ZoneOffset.UTC)
                    : ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
        } catch (DateTimeParseException e) {
            throw new MissingException("what it gives as a date is none (" + value + ")");
        }
    }
}
