package dev.etalon.targets.reference;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The grammar and the comparisons of conditional header fields (RFC 9110 §8.8.3, §13.1, §5.6.7). Stateless. */
public final class Conditions {
    /** {@code [ %s"W/" ] DQUOTE *etagc DQUOTE}; the prefix is case-sensitive, a comma may stand inside the quotes. */
    private static final Pattern ENTITY_TAG = Pattern.compile("(?:W/)?\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\"");

    private static final Pattern ELEMENT = Pattern.compile("\\G[ \\t]*(" + ENTITY_TAG.pattern() + ")?[ \\t]*(,|$)");

    private static final DateTimeFormatter IMF_FIXDATE = format("EEE, dd MMM uuuu HH:mm:ss 'GMT'");

    /** Two digits of a year mean one that is not more than 50 years ahead (RFC 9110 §5.6.7). */
    private static final int YEARS_AHEAD_MAX = 50;

    private static final DateTimeFormatter ASCTIME = format("EEE MMM ppd HH:mm:ss uuuu");

    private Conditions() {}

    /** A field value that is not what the grammar allows. The message is a sentence for whoever sent it. */
    public static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String name, String value) {
            super(name + " must be * or a list of entity tags in double quotes: " + name + "=" + value);
        }
    }

    /**
     * The entity tags of an {@code If-Match} or {@code If-None-Match}; empty for {@code *}.
     *
     * @throws MalformedException when it is neither
     */
    static Optional<List<String>> tags(String name, String value) throws MalformedException {
        if (value.strip().equals("*")) {
            return Optional.empty();
        }
        List<String> tags = new ArrayList<>();
        Matcher element = ELEMENT.matcher(value);
        int end = 0;
        while (end < value.length() && element.find()) {
            if (element.group(1) != null) {
                tags.add(element.group(1));
            }
            end = element.end();
        }
        if (end < value.length() || tags.isEmpty()) {
            throw new MalformedException(name, value);
        }
        return Optional.of(tags);
    }

    /** Strong comparison (RFC 9110 §8.8.3.2): equal, and neither of them weak. */
    public static boolean strong(String one, String other) {
        return one.equals(other) && !weak(one);
    }

    /** Weak comparison (RFC 9110 §8.8.3.2): the opaque parts are equal. */
    public static boolean weakly(String one, String other) {
        return opaque(one).equals(opaque(other));
    }

    /** Whether a tag is marked as weak. */
    public static boolean weak(String tag) {
        return tag.startsWith("W/");
    }

    private static String opaque(String tag) {
        return weak(tag) ? tag.substring(2) : tag;
    }

    /**
     * Whether a field names the current representation.
     *
     * @param tags what the field lists; empty for {@code *}
     * @param current tag of the current representation; null when there is none
     * @param equal how two tags are compared
     */
    static boolean names(Optional<List<String>> tags, @Nullable String current, Predicate<String> equal) {
        return current != null && (tags.isEmpty() || tags.get().stream().anyMatch(equal));
    }

    /** An HTTP date in any of its three formats; empty when it is none, and is then to be ignored (RFC 9110 §13.1.3). */
    static Optional<Instant> date(String value) {
        return parsed(IMF_FIXDATE, value)
                .or(() -> parsed(rfc850(), value))
                .or(() -> parsed(ASCTIME, value))
                .map(date -> date.toInstant(ZoneOffset.UTC));
    }

    /** The preferred format, IMF-fixdate. */
    public static String httpDate(Instant instant) {
        return IMF_FIXDATE.format(instant.atOffset(ZoneOffset.UTC));
    }

    private static Optional<LocalDateTime> parsed(DateTimeFormatter format, String value) {
        try {
            return Optional.of(LocalDateTime.parse(value, format));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static DateTimeFormatter rfc850() {
        int ahead = Instant.now().atOffset(ZoneOffset.UTC).getYear() + YEARS_AHEAD_MAX;
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, ahead - 99)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH);
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }
}
