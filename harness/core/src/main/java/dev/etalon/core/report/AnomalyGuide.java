package dev.etalon.core.report;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.etalon.core.model.Anomaly;
import dev.etalon.core.store.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an anomaly means to somebody who meets it for the first time: the data behind {@code docs/anomalies.md}, in {@code
 * META-INF/etalon/anomalies.json}. No page says that a check and a write must be one step: that is what this harness argues
 * from what conditions are for, and the pages say what they are for.
 *
 * @param code the anomaly's
 * @param explanation two sentences in plain words
 * @param sources where to read on, the most telling first
 * @param threads public reports of real servers, {@code owner/repository#number} on GitHub
 */
public record AnomalyGuide(String code, String explanation, List<Page> sources, List<String> threads) {
    private static final String FILE = "META-INF/etalon/anomalies.json";

    public AnomalyGuide {
        sources = List.copyOf(sources);
        threads = List.copyOf(threads);
    }

    /** A page to read. */
    public record Page(String name, String url) {}

    /** The guide to one anomaly. */
    public static AnomalyGuide of(Anomaly anomaly) {
        return Objects.requireNonNull(all().get(anomaly.code()), () -> "no guide to " + anomaly.code() + " in " + FILE);
    }

    /** Every guide, by the anomaly's code. */
    static Map<String, AnomalyGuide> all() {
        try (InputStream in = AnomalyGuide.class.getClassLoader().getResourceAsStream(FILE)) {
            return Json.MAPPER.readValue(in, new TypeReference<List<AnomalyGuide>>() {}).stream()
                    .collect(Collectors.toMap(AnomalyGuide::code, Function.identity()));
        } catch (IOException e) {
            throw new UncheckedIOException("the guide to the anomalies cannot be read: " + FILE, e);
        }
    }

    /** The threads as pages. */
    public List<Page> field() {
        return threads.stream().map(AnomalyGuide::thread).toList();
    }

    /** Where a thread is. GitHub leads from the number of an issue to the pull request that bears it. */
    public static Page thread(String name) {
        return new Page(name, "https://github.com/" + name.replace("#", "/issues/"));
    }
}
