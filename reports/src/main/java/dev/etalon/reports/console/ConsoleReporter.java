package dev.etalon.reports.console;

import dev.etalon.core.session.CellProgress;
import dev.etalon.core.session.CellResult;
import dev.etalon.core.session.Reporter;
import dev.etalon.core.session.SessionSummary;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prints a line when a cell is done and a table at the end, which it keeps as {@code summary.txt} beside the runs. On a
 * terminal also how far a cell is that takes long, and signs in colour.
 */
public final class ConsoleReporter implements Reporter {
    private final boolean watched = Terminal.watched();
    private final boolean coloured = Terminal.coloured(watched, System::getenv);
    private final Set<String> said = new HashSet<>();
    private @Nullable ProgressLine progress;

    @Override
    public void cellBegun(CellProgress cell) {
        if (watched) {
            progress = new ProgressLine(System.out, cell);
        }
    }

    @Override
    public void cellFinished(CellResult cell) {
        if (progress != null) {
            progress.close();
            progress = null;
        }
        System.out.println(printable(SummaryText.line(cell, said)));
    }

    @Override
    public void sessionFinished(SessionSummary session) throws IOException {
        String text = SummaryText.of(session);
        System.out.println(printable(text));
        Files.createDirectories(session.runs());
        Files.writeString(session.runs().resolve("summary.txt"), text);
    }

    @Override
    public void leftBehind(String sentence) {
        System.out.println(printable(sentence));
    }

    @Override
    public void reportWritten(Path entry) {
        System.out.println("Report: " + entry);
    }

    /** The text in signs that this console can show: words and plain signs where it knows no others. */
    private String printable(String text) {
        String encoding = System.getProperty("stdout.encoding", System.getProperty("sun.jnu.encoding", "US-ASCII"));
        boolean all = Charset.isSupported(encoding)
                && Charset.forName(encoding).canEncode()
                && Charset.forName(encoding).newEncoder().canEncode(text);
        String shown = all ? text : SummaryText.plain(text);
        return coloured ? Terminal.colour(shown) : shown;
    }
}
