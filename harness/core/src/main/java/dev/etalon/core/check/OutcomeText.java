package dev.etalon.core.check;

import dev.etalon.core.model.RoundTally;
import dev.etalon.core.model.Shape;
import java.util.Locale;

/** The table of outcomes as text, after jcstress: what was seen, how often, and how it is to be taken. */
public final class OutcomeText {
    private OutcomeText() {}

    /** The table with a line on determinism below, or an empty text where outcomes are not graded. */
    public static String of(RoundTally rounds) {
        if (rounds.shapes().isEmpty()) {
            return "";
        }
        int width = rounds.shapes().stream()
                .mapToInt(shape -> shape.outcome().length())
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        String row = "  %-" + Math.max(width, "outcome".length()) + "s  %7s  %7s  %-22s  %s%n";
        text.append(String.format(Locale.ROOT, row, "outcome", "rounds", "share", "grade", "meaning"));
        for (Shape shape : rounds.shapes()) {
            text.append(String.format(
                    Locale.ROOT,
                    row,
                    shape.outcome(),
                    shape.count(),
                    String.format(Locale.ROOT, "%.1f %%", 100 * shape.share()),
                    shape.grade(),
                    shape.description()));
        }
        text.append(
                rounds.shapes().size() == 1
                        ? String.format(
                                Locale.ROOT,
                                "  deterministic: the same outcome in all %d rounds, so any other in under %.1f %% at"
                                        + " 95 %%%n",
                                rounds.raced(),
                                100 * rounds.bound())
                        : String.format(
                                Locale.ROOT,
                                "  not deterministic: the most frequent outcome in %.1f %% of %d rounds%n",
                                100 * rounds.determinism(),
                                rounds.raced()));
        return text.toString().replace("\r\n", "\n");
    }
}
