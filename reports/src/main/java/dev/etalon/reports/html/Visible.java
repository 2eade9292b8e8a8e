package dev.etalon.reports.html;

import java.util.Locale;

/** Text of strangers, made fit to be looked at: what cannot be seen is named, what is too long is cut with a notice. */
final class Visible {
    /** Longer values say nothing more to a person; the run folder has them whole. */
    static final int CHARACTERS_MAX = 4_000;

    private static final int CONTROL_PICTURES = 0x2400;

    private Visible() {}

    /** The text, at most {@link #CHARACTERS_MAX} characters of it. */
    static String of(String text) {
        return of(text, CHARACTERS_MAX);
    }

    /** The text, at most so many characters of it. Line breaks and tabs stay. */
    static String of(String text, int charactersMax) {
        boolean cut = text.length() > charactersMax;
        String head = cut ? text.substring(0, charactersMax) : text;
        StringBuilder shown = new StringBuilder(head.length());
        head.codePoints().forEach(c -> append(shown, c));
        if (cut) {
            shown.append(
                    String.format(Locale.ROOT, " … (cut here: %,d more characters)", text.length() - charactersMax));
        }
        return shown.toString();
    }

    private static void append(StringBuilder shown, int c) {
        if (c == '\n' || c == '\t') {
            shown.append((char) c);
        } else if (c < ' ') {
            shown.append((char) (CONTROL_PICTURES + c));
        } else if (invisible(c)) {
            shown.append(String.format(Locale.ROOT, "[U+%04X]", c));
        } else {
            shown.appendCodePoint(c);
        }
    }

    /** Controls, characters that turn the direction of text around or join others, and halves of characters. */
    private static boolean invisible(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.PRIVATE_USE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
