package dev.etalon.core.model;

/**
 * What a server sent, made harmless to show to people. A tag or a header may hold anything: control characters that drive a
 * terminal, characters that turn the direction of a line around, markup, megabytes.
 *
 * <p>All but visible ASCII and spaces becomes {@code \}{@code u{…}} with the code point in hexadecimal: header fields are
 * ASCII (RFC 9110 §5.5), so nothing that belongs there is changed. Markup is left to whoever writes markup.
 */
public final class Printable {
    /** Characters of a header field that help anybody. */
    public static final int CHARS_MAX = 200;

    private static final char FIRST = 0x20;
    private static final char LAST = 0x7E;

    private Printable() {}

    /** At most {@link #CHARS_MAX} characters of a text; more is cut off, and said. */
    public static String of(String text) {
        return of(text, CHARS_MAX);
    }

    /**
     * A text, made harmless.
     *
     * @param max characters of it to show at most; what is cut off is said at the end
     */
    public static String of(String text, int max) {
        StringBuilder shown = new StringBuilder();
        int cut = Math.min(max, text.length());
        text.substring(0, cut).codePoints().forEach(point -> {
            if (point >= FIRST && point <= LAST) {
                shown.appendCodePoint(point);
            } else {
                shown.append("\\u{").append(Integer.toHexString(point)).append('}');
            }
        });
        if (cut < text.length()) {
            shown.append(".. (")
                    .append(cut)
                    .append(" of ")
                    .append(text.length())
                    .append(" characters)");
        }
        return shown.toString();
    }
}
