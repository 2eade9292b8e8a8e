package dev.etalon.reports.allure;

import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Printable;
import java.util.Locale;

/** A history as a table for people: one line per request, tab-separated, times in seconds since the start. */
final class HistoryTable {
    /** Lines beyond which a browser gets slow; the history file is whole. */
    private static final int LINES_MAX = 5_000;

    private HistoryTable() {}

    static String of(History history) {
        StringBuilder table = new StringBuilder(
                "round\tkey\tactor\trequest\tversion\tstatus\toutcome\tetag\tshowed\tstart\treleased\tend\n");
        history.operations().stream().limit(LINES_MAX).forEach(op -> line(table, op, history.origin()));
        if (history.operations().size() > LINES_MAX) {
            table.append("... ")
                    .append(history.operations().size() - LINES_MAX)
                    .append(" more requests are in history.etl\n");
        }
        return table.toString();
    }

    private static void line(StringBuilder table, Operation op, History.Origin origin) {
        table.append(op.invocation().round())
                .append('\t')
                .append(origin.keyName(op.invocation().key()))
                .append("\tw")
                .append(op.invocation().actor())
                .append('\t')
                .append(op.invocation().method())
                .append(op.conditional() ? " " + op.invocation().precondition() : "")
                .append('\t')
                .append(op.write() ? op.version() : "")
                .append('\t')
                .append(op.status())
                .append('\t')
                .append(op.applied() ? "applied" : op.refused() ? "refused" : "unknown")
                .append('\t')
                .append(op.tag().map(EntityTag::value).map(Printable::of).orElse(""))
                .append('\t')
                .append(op.seen().map(Object::toString).orElse(""))
                .append('\t')
                .append(seconds(op.startNs(), origin))
                .append('\t')
                .append(seconds(op.releasedNs(), origin))
                .append('\t')
                .append(op.completion() == null ? "" : seconds(op.endNs(), origin))
                .append('\n');
    }

    private static String seconds(long ns, History.Origin origin) {
        return String.format(Locale.ROOT, "%.6f", (ns - origin.startNs()) / 1e9);
    }
}
