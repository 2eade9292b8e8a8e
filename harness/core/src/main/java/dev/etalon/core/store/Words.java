package dev.etalon.core.store;

import dev.etalon.core.model.Version;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How constants and versions are spelled in the text formats: the inverse of each spelling beside it. */
final class Words {
    private static final Pattern VERSION = Pattern.compile("w(-?\\d{1,10})#(-?\\d{1,10})");

    private Words() {}

    /** A constant as a word: {@code IF_NONE_MATCH} is {@code if-none-match}. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The constants of an enum by their words. */
    static <E extends Enum<E>> Map<String, E> all(E[] constants) {
        return Arrays.stream(constants).collect(Collectors.toUnmodifiableMap(Words::of, Function.identity()));
    }

    /** The version that {@link Version#toString()} spells like that; null when none is. */
    static @Nullable Version version(String word) {
        if (word.equals(Version.ABSENT.toString())) {
            return Version.ABSENT;
        }
        if (word.equals(Version.FOREIGN.toString())) {
            return Version.FOREIGN;
        }
        Matcher halves = VERSION.matcher(word);
        if (!halves.matches()) {
            return null;
        }
        long writer = Long.parseLong(halves.group(1));
        long sequence = Long.parseLong(halves.group(2));
        return writer == (int) writer && sequence == (int) sequence ? new Version((int) writer, (int) sequence) : null;
    }
}
