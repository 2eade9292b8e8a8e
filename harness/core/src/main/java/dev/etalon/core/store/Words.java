package dev.etalon.core.store;

import dev.etalon.core.model.Version;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How constants and versions are spelled in the text formats: the inverse of each spelling beside it. */
final class Words {
    private static final int DIGITS_MAX = 10;

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
        int middle = word.indexOf('#');
        if (middle < 0 || word.charAt(0) != 'w') {
            return null;
        }
        long writer = half(word, 1, middle);
        long sequence = half(word, middle + 1, word.length());
        return writer == (int) writer && sequence == (int) sequence ? new Version((int) writer, (int) sequence) : null;
    }

    /** A number that is part of a word, by hand since a long history has millions; too large to be one when it is none. */
    private static long half(String word, int from, int to) {
        boolean negative = from < to && word.charAt(from) == '-';
        int first = negative ? from + 1 : from;
        if (first == to || to - first > DIGITS_MAX) {
            return Long.MAX_VALUE;
        }
        long number = 0;
        for (int i = first; i < to; i++) {
            int digit = word.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return Long.MAX_VALUE;
            }
            number = 10 * number + digit;
        }
        return negative ? -number : number;
    }
}
