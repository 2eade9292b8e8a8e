package dev.etalon.reports.markdown;

import dev.etalon.reports.html.Visible;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text of strangers in Markdown as GitHub and GitLab read it: no markup, no links, and nobody is called by name. */
final class Md {
    /** Whatever begins markup, a mention, a reference or a formula somewhere in a line. */
    private static final Pattern SPECIAL = Pattern.compile("[&<>\"`*_{}\\[\\]#|~@\\\\!$]|:(?=//)|(?<=(?i:www))\\.");

    private static final Pattern BREAKS = Pattern.compile("\\s+");
    private static final Pattern FENCES = Pattern.compile("`{3,}");

    private Md() {}

    /** One line of text. */
    static String text(String text) {
        return text(text, Visible.CHARACTERS_MAX);
    }

    /** One line of at most so many characters. */
    static String text(String text, int charactersMax) {
        String line =
                BREAKS.matcher(Visible.of(text, charactersMax)).replaceAll(" ").strip();
        return SPECIAL.matcher(line)
                .replaceAll(match ->
                        Matcher.quoteReplacement("&#" + (int) match.group().charAt(0) + ";"));
    }

    /** Lines that are shown as they are, behind a summary to be opened. */
    static String details(String summary, String lines) {
        String fence = FENCES.matcher(lines)
                .results()
                .map(match -> match.group() + "`")
                .max(Comparator.comparingInt(String::length))
                .orElse("```");
        return "<details><summary>" + text(summary) + "</summary>\n\n" + fence + "text\n" + lines.strip() + "\n" + fence
                + "\n\n</details>\n\n";
    }
}
