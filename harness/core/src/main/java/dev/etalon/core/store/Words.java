package dev.etalon.core.store;

import dev.etalon.core.model.Version;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How constants and versions are spelled in the text formats: the inverse of each spelling beside it. */
final class Words {
    private static final int DIGITS_MAX = 10;
    private static final String ABSENT = Version.ABSENT.toString();
    private static final String FOREIGN = Version.FOREIGN.toString();

    private Words() {}

    /** A constant as a word: {@code IF_NONE_MATCH} is {@code if-none-match}. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Constants and their words, by the characters of a word as a parser has them: a long history has millions, and no
     * string is made of any. Immutable.
     *
     * @param words in the order of the constants
     */
    record Table<T>(List<String> words, List<T> constants) {
        /** The constants of an enum. */
        static <E extends Enum<E>> Table<E> of(E[] constants, Function<E, String> spelling) {
            return new Table<>(Arrays.stream(constants).map(spelling).toList(), List.of(constants));
        }

        /** The constant of a word; null when there is none. */
        @Nullable
        T find(char[] characters, int from, int length) {
            for (int i = 0; i < words.size(); i++) {
                if (Words.is(words.get(i), characters, from, length)) {
                    return constants.get(i);
                }
            }
            return null;
        }
    }

    private static boolean is(String word, char[] characters, int from, int length) {
        if (word.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (word.charAt(i) != characters[from + i]) {
                return false;
            }
        }
        return true;
    }

    /** The version that {@link Version#toString()} spells like these characters; null when none is. */
    static @Nullable Version version(char[] characters, int from, int length) {
        if (length == 0 || characters[from] != 'w') {
            return is(ABSENT, characters, from, length)
                    ? Version.ABSENT
                    : is(FOREIGN, characters, from, length) ? Version.FOREIGN : null;
        }
        int to = from + length;
        int middle = from;
        while (middle < to && characters[middle] != '#') {
            middle++;
        }
        if (middle == to) {
            return null;
        }
        long writer = half(characters, from + 1, middle);
        long sequence = half(characters, middle + 1, to);
        return writer == (int) writer && sequence == (int) sequence ? new Version((int) writer, (int) sequence) : null;
    }

    /** A number that is part of a word; too large to be one when it is none. */
    private static long half(char[] characters, int from, int to) {
        boolean negative = from < to && characters[from] == '-';
        int first = negative ? from + 1 : from;
        if (first == to || to - first > DIGITS_MAX) {
            return Long.MAX_VALUE;
        }
        long number = 0;
        for (int i = first; i < to; i++) {
            int digit = characters[i] - '0';
            if (digit < 0 || digit > 9) {
                return Long.MAX_VALUE;
            }
            number = 10 * number + digit;
        }
        return negative ? -number : number;
    }
}
