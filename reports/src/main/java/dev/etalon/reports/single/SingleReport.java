package dev.etalon.reports.single;

import dev.etalon.core.report.Archive;
import dev.etalon.core.report.Report;
import dev.etalon.core.store.StoredRules;
import dev.etalon.reports.html.Headline;
import dev.etalon.reports.html.Server;
import dev.etalon.reports.html.Site;
import dev.etalon.reports.text.Witnesses;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * {@code etalon.html}: one file without links to others, to be mailed or attached: a sentence for each target, a line for each
 * race, the proofs of what is wrong.
 */
public final class SingleReport implements Report {
    private static final String FILE = "etalon.html";

    /** Broken rules of a target that are shown with request and answer. */
    static final int RULES_MAX = 100;

    /**
     * One target.
     *
     * @param headline what there is to say first
     * @param races a line for each, as far as there is one
     * @param rules the broken ones
     */
    public record Part(Headline headline, List<Race> races, List<Broken> rules) {}

    /**
     * One race.
     *
     * @param cell what was planned, and what came of it
     * @param witnesses the first of each anomaly
     */
    public record Race(Archive.Cell cell, Witnesses witnesses) {}

    /**
     * One broken rule.
     *
     * @param rule what is owed
     * @param witness what was answered; empty where that was not stored
     */
    public record Broken(StoredRules.Rule rule, String witness) {}

    /** Found through ServiceLoader. */
    public SingleReport() {}

    @Override
    public String name() {
        return "single";
    }

    @Override
    public boolean onRequest() {
        return true;
    }

    @Override
    public Path write(Archive archive, Path folder) throws IOException {
        List<Part> parts = new ArrayList<>();
        for (Headline headline : Headline.of(archive)) {
            parts.add(new Part(headline, races(headline.server()), rules(headline.server())));
        }
        Path file = folder.resolve(FILE);
        Files.writeString(file, Site.text("single", Map.of("parts", parts, "css", css())));
        return file;
    }

    private static List<Race> races(Server server) {
        return server.cells().stream()
                .map(cell -> new Race(cell, Witnesses.of(cell)))
                .toList();
    }

    private static List<Broken> rules(Server server) {
        return server.broken().stream()
                .limit(RULES_MAX)
                .map(rule -> new Broken(rule, Witnesses.of(rule).orElse("")))
                .toList();
    }

    private static String css() throws IOException {
        try (InputStream in = Objects.requireNonNull(Site.class.getResourceAsStream("etalon.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
