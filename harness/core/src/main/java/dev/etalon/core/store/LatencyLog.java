package dev.etalon.core.store;

import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;

/** Writes and reads the latencies of a history, in nanoseconds, as an HdrHistogram log with one tagged line per kind of answer. */
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

    /**
     * Reads logs, as if they were one.
     *
     * @return a line for each kind of answer, sorted by kind
     * @throws IOException with a sentence that says what to do, when one of them cannot be read
     */
    public static List<Latency> read(List<Path> files) throws IOException {
        Map<String, Histogram> kinds = new TreeMap<>();
        for (Path file : files) {
            try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
                for (EncodableHistogram next = reader.nextIntervalHistogram();
                        next != null;
                        next = reader.nextIntervalHistogram()) {
                    if (next instanceof AbstractHistogram histogram) {
                        kinds.computeIfAbsent(
                                        Objects.requireNonNullElse(histogram.getTag(), ""),
                                        kind -> new Histogram(SIGNIFICANT_DIGITS))
                                .add(histogram);
                    }
                }
            } catch (IOException | RuntimeException e) {
                throw new IOException(
                        "latencies that cannot be read: file=" + file + " (" + e.getMessage()
                                + "); judge the run's history instead",
                        e);
            }
        }
        List<Latency> latencies = new ArrayList<>();
        kinds.forEach((kind, histogram) -> {
            if (histogram.getTotalCount() > 0) {
                latencies.add(new Latency(
                        kind,
                        histogram.getTotalCount(),
                        histogram.getValueAtPercentile(50),
                        histogram.getValueAtPercentile(90),
                        histogram.getValueAtPercentile(99),
                        histogram.getMaxValue()));
            }
        });
        return latencies;
    }
}
