package dev.etalon.reports.console;

import dev.etalon.core.session.CellProgress;
import java.time.Duration;
import java.util.Locale;

/** How far a cell is, in one line: how many are done, how many a second, and how long the rest takes at that pace. */
final class ProgressText {
    private ProgressText() {}

    static String of(CellProgress progress, Duration since) {
        int done = progress.done();
        double seconds = since.toMillis() / 1e3;
        String counted = "   " + progress.name() + ": " + done + " of " + progress.planned() + " " + progress.unit();
        if (done == 0 || seconds <= 0) {
            return counted;
        }
        double rate = done / seconds;
        return counted + String.format(Locale.ROOT, rate < 10 ? ", %.1f/s" : ", %.0f/s", rate) + ", "
                + left(Duration.ofMillis(Math.round(1e3 * (progress.planned() - done) / rate))) + " left";
    }

    /** Rounded to what a person waits by. */
    private static String left(Duration left) {
        if (left.toHours() > 0) {
            return left.toHours() + " h " + left.toMinutesPart() + " min";
        }
        return left.toMinutes() > 0
                ? left.toMinutes() + " min " + left.toSecondsPart() + " s"
                : Math.max(1, left.toSeconds()) + " s";
    }
}
