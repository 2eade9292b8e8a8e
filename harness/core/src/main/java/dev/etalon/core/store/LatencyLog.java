package dev.etalon.core.store;

import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** Writes the latencies of a history, in nanoseconds, as an HdrHistogram log with one tagged line per kind of answer. */
public final class LatencyLog {
    private static final int SIGNIFICANT_DIGITS = 3;

    private LatencyLog() {}

    /**
     * Writes the log. The latency of a withheld request counts from the release of its tail.
     *
     * @throws IOException when the file cannot be written
     */
    public static void write(Path file, History history) throws IOException {
        Map<String, Histogram> histograms = new TreeMap<>();
        for (Operation op : history.operations()) {
            if (op.completion() != null) {
                String tag = op.invocation().method() + "-" + op.status();
                histograms
                        .computeIfAbsent(tag, name -> {
                            Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);
                            histogram.setTag(name);
                            return histogram;
                        })
                        .recordValue(Math.max(0, op.endNs() - op.releasedNs()));
            }
        }
        try (PrintStream out = new PrintStream(file.toFile(), "UTF-8")) {
            HistogramLogWriter writer = new HistogramLogWriter(out);
            writer.outputLogFormatVersion();
            writer.outputLegend();
            histograms.values().forEach(writer::outputIntervalHistogram);
        }
    }
}
