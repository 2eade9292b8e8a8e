package dev.etalon.reports.html;

import dev.etalon.core.model.Grade;
import dev.etalon.core.store.StoredRules;
import java.util.List;

/**
 * How something counts, for the eye and for the ear: a sign and a word that say the same.
 *
 * @param status stable, for programs: the name of what it stands for
 * @param sign one or two characters
 * @param word one or two words
 * @param tone {@code bad}, {@code odd}, {@code unk}, {@code ok} or {@code off}: the class that colours it, and what the
 *     filter chooses by
 */
public record Mark(String status, String sign, String word, String tone) {
    /** Of a cell of races: the name of its status. */
    static Mark ofCell(String status) {
        return switch (status) {
            case "VALID" -> new Mark(status, "✓", "holds", "ok");
            case "KNOWN" -> new Mark(status, "✗", "broken, known", "bad");
            case "VIOLATION" -> new Mark(status, "✗!", "broken, new", "bad");
            case "NOT_RUN" -> new Mark(status, "–", "not run", "off");
            case "UNAVAILABLE" -> new Mark(status, "–!", "not available", "unk");
            default -> new Mark("UNDECIDED", "?", "undecided", "unk");
        };
    }

    /** Of a rule on a target. */
    static Mark ofRule(StoredRules.Rule rule) {
        return ofRule(rule.status(), rule.broken());
    }

    /** Of a rule or one of its examples. */
    static Mark ofRule(String status, boolean broken) {
        return switch (status) {
            case "PASS" -> new Mark(status, "✓", "passes", "ok");
            case "COUNTED" -> new Mark(status, "#", "counted", "off");
            case "NOT_APPLICABLE" -> new Mark(status, "·", "not applicable", "off");
            case "NOT_SUPPORTED" -> new Mark(status, "–", "not supported", "off");
            case "FLAPPING" -> new Mark(status, "~", "flaps", broken ? "bad" : "odd");
            case "FAIL" -> broken ? new Mark(status, "✗", "fails", "bad") : new Mark("DIFFERS", "≠", "differs", "odd");
            default -> new Mark("UNDECIDED", "?", "undecided", "unk");
        };
    }

    /** Of what a server does with a condition. */
    static Mark ofCapability(StoredRules.Capability capability) {
        String state = capability.state();
        boolean contradicts = Boolean.FALSE.equals(capability.asClaimed());
        return switch (state) {
            case "HONOURED" -> new Mark(state, "✓", "honoured", contradicts ? "odd" : "ok");
            case "PARTIAL" -> new Mark(state, "◐", "in part", contradicts ? "bad" : "odd");
            case "IGNORED" ->
                new Mark(state, "∅", "ignored", contradicts ? "bad" : rightlyIgnored(capability) ? "off" : "odd");
            case "REFUSED" -> new Mark(state, "⊘", "refused", contradicts ? "bad" : "off");
            case "NOT_OFFERED" -> new Mark(state, "–", "not offered", contradicts ? "bad" : "off");
            default -> new Mark("UNDECIDED", "?", "undecided", "unk");
        };
    }

    /** RFC 9110 §13.1.3: If-Modified-Since is ignored by methods that do not read. */
    private static boolean rightlyIgnored(StoredRules.Capability capability) {
        return capability.condition().equals("If-Modified-Since")
                && !List.of("GET", "HEAD", "Copy source").contains(capability.operation());
    }

    /** Of an outcome of rounds. */
    static Mark ofGrade(Grade grade) {
        return switch (grade) {
            case ACCEPTABLE -> new Mark(grade.name(), "✓", "acceptable", "ok");
            case ACCEPTABLE_INTERESTING -> new Mark(grade.name(), "≠", "interesting", "odd");
            case FORBIDDEN -> new Mark(grade.name(), "✗", "forbidden", "bad");
            case UNKNOWN -> new Mark(grade.name(), "?", "unknown", "unk");
        };
    }
}
