package dev.etalon.reports.junit;

import dev.etalon.core.report.Archive;
import dev.etalon.core.report.Report;
import dev.etalon.core.report.StoredAnswers;
import dev.etalon.core.store.StoredRules;
import dev.etalon.reports.text.Witnesses;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * {@code junit.xml}: a suite for each target, a case for each of its cells and each rule it was asked. What fails the build
 * fails here: new anomalies and broken rules are failures, what is undecided or should have been run is an error, what was
 * not to be expected is skipped. Known anomalies pass, and say so.
 */
public final class JunitReport implements Report {
    private static final String FILE = "junit.xml";

    @Override
    public String name() {
        return "junit";
    }

    @Override
    public Path write(Archive archive, Path folder) throws IOException {
        Map<String, Suite> suites = new TreeMap<>();
        for (Archive.Cell cell : archive.cells()) {
            suites.computeIfAbsent(cell.target(), Suite::new).add(cell.at(), of(cell));
        }
        for (StoredAnswers answers : archive.latestAnswers().values()) {
            // Of a target that was asked for its capabilities alone there is no case, and so no suite.
            answers.rules()
                    .rules()
                    .forEach(rule -> suites.computeIfAbsent(answers.target(), Suite::new)
                            .add(answers.begun(), of(answers.target(), rule)));
        }
        Path file = folder.resolve(FILE);
        try (OutputStream out = Files.newOutputStream(file)) {
            XMLStreamWriter xml =
                    XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            new SuitesXml(xml).write(List.copyOf(suites.values()), archive.unreadable());
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(FILE + " could not be written (" + e.getMessage() + ")", e);
        }
        return file;
    }

    private static Case of(Archive.Cell cell) {
        String classname = cell.target() + ".races";
        return switch (cell.status()) {
            case "VALID" -> new Case(classname, cell.scenario(), Case.Result.PASSED, "", cell.sentence());
            case "KNOWN" ->
                new Case(
                        classname, cell.scenario(), Case.Result.PASSED, "", cell.sentence() + "\n\n" + witnesses(cell));
            case "VIOLATION" ->
                new Case(classname, cell.scenario(), Case.Result.FAILED, cell.sentence(), witnesses(cell));
            case "NOT_RUN" -> new Case(classname, cell.scenario(), Case.Result.SKIPPED, cell.sentence(), "");
            default -> new Case(classname, cell.scenario(), Case.Result.ERROR, cell.sentence(), witnesses(cell));
        };
    }

    private static String witnesses(Archive.Cell cell) {
        Witnesses witnesses = Witnesses.of(cell);
        return witnesses.first().values().stream()
                        .map(witness -> witness.lines() + "\n" + witness.lanes())
                        .collect(Collectors.joining("\n"))
                + witnesses.missing().orElse("");
    }

    private static Case of(String target, StoredRules.Rule rule) {
        String classname = target + ".rules";
        String name = rule.id() + " " + rule.title();
        String witness = Witnesses.of(rule).orElse("");
        String what = rule.level() + ", " + rule.source() + "\n" + rule.sentence() + "\n\n" + witness;
        if (rule.broken() && Boolean.TRUE.equals(rule.known())) {
            return new Case(classname, name, Case.Result.PASSED, "", "known: " + what);
        }
        if (rule.broken()) {
            String message = rule.sentence().isEmpty() ? rule.status() : rule.sentence();
            return new Case(classname, name, Case.Result.FAILED, message, what);
        }
        return switch (rule.status()) {
            case "UNDECIDED" -> new Case(classname, name, Case.Result.ERROR, rule.sentence(), what);
            case "NOT_SUPPORTED", "NOT_APPLICABLE" ->
                new Case(classname, name, Case.Result.SKIPPED, rule.sentence(), "");
            case "PASS" -> new Case(classname, name, Case.Result.PASSED, "", "");
            default -> new Case(classname, name, Case.Result.PASSED, "", what);
        };
    }

    /**
     * A test case.
     *
     * @param result how it counts
     * @param message why; empty for one that passed
     * @param out what there is to read; may be empty
     */
    record Case(String classname, String name, Result result, String message, String out) {
        /** How a case counts. */
        enum Result {
            PASSED,
            FAILED,
            ERROR,
            SKIPPED
        }
    }

    /** The cases of a target. */
    static final class Suite {
        private final String name;
        private final List<Case> cases = new ArrayList<>();
        private Instant newest = Instant.MIN;

        private Suite(String name) {
            this.name = name;
        }

        private void add(Instant at, Case one) {
            cases.add(one);
            newest = at.isAfter(newest) ? at : newest;
        }

        String name() {
            return name;
        }

        Instant newest() {
            return newest;
        }

        List<Case> cases() {
            return cases;
        }

        Map<Case.Result, Long> counts() {
            return cases.stream().collect(Collectors.groupingBy(Case::result, Collectors.counting()));
        }
    }
}
