package dev.etalon.reports.console;

import dev.etalon.core.session.CellResult;
import dev.etalon.core.session.Reporter;
import dev.etalon.core.session.SessionSummary;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;

/** Prints a line when a cell is done and a table at the end, which it keeps as {@code summary.txt} beside the runs. */
public final class ConsoleReporter implements Reporter {
    @Override
    public void cellFinished(CellResult cell) {
        System.out.println(printable(SummaryText.line(cell)));
    }

    @Override
    public void sessionFinished(SessionSummary session) throws IOException {
        String text = SummaryText.of(session);
        System.out.println(printable(text));
        Files.createDirectories(session.runs());
        Files.writeString(session.runs().resolve("summary.txt"), text);
    }

    /** The text in signs that this console can show: words and plain signs where it knows no others. */
    private static String printable(String text) {
        String encoding = System.getProperty("stdout.encoding", System.getProperty("sun.jnu.encoding", "US-ASCII"));
        boolean all = Charset.isSupported(encoding)
                && Charset.forName(encoding).canEncode()
                && Charset.forName(encoding).newEncoder().canEncode(text);
        return all ? text : SummaryText.plain(text);
    }
}
