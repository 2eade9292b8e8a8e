package dev.etalon.reports.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.etalon.core.model.RoundTally;
import dev.etalon.core.report.Archive;
import dev.etalon.core.report.Report;
import dev.etalon.core.report.StoredAnswers;
import dev.etalon.core.report.StoredRace;
import dev.etalon.core.report.Trend;
import dev.etalon.core.store.Json;
import dev.etalon.core.store.StoredRules;
import dev.etalon.core.store.StoredVerdict;
import dev.etalon.reports.html.Visible;
import dev.etalon.reports.text.Places;
import dev.etalon.reports.text.Witnesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code report.json}, for other programs. */
public final class JsonReport implements Report {
    private static final String FILE = "report.json";

    /** Longer texts say nothing more to a person; the run folder has everything. */
    private static final int CHARACTERS_MAX = 16_000;

    /** Lets no text through that cannot be seen, whoever sent it. */
    private static final ObjectMapper MAPPER = Json.MAPPER
            .copy()
            .registerModule(new SimpleModule().addSerializer(String.class, new JsonSerializer<>() {
                @Override
                public void serialize(String text, JsonGenerator json, SerializerProvider provider) throws IOException {
                    json.writeString(Visible.of(text, CHARACTERS_MAX));
                }
            }));

    @Override
    public String name() {
        return "json";
    }

    @Override
    public Path write(Archive archive, Path folder) throws IOException {
        Collection<StoredAnswers> answers = archive.latestAnswers().values();
        List<ReportFile.Cell> cells =
                archive.cells().stream().map(cell -> of(archive, cell, folder)).toList();
        List<ReportFile.Rule> rules = new ArrayList<>();
        List<ReportFile.Capability> capabilities = new ArrayList<>();
        for (StoredAnswers each : answers) {
            each.rules().rules().forEach(rule -> rules.add(of(each, rule, folder)));
            each.rules().capabilities().forEach(capability -> capabilities.add(of(each.target(), capability)));
        }
        ReportFile report = new ReportFile(
                ReportFile.FORMAT,
                ReportFile.VERSION,
                new ReportFile.Counts(
                        counts(cells, ReportFile.Cell::status),
                        counts(rules, ReportFile.Rule::status),
                        rules.stream().filter(ReportFile.Rule::broken).count()),
                cells,
                rules,
                capabilities,
                Trend.of(archive).stream().map(JsonReport::of).toList(),
                archive.unreadable());
        Path file = folder.resolve(FILE);
        Files.writeString(file, MAPPER.writeValueAsString(report) + "\n");
        return file;
    }

    private static <T> Map<String, Long> counts(List<T> all, Function<T, String> status) {
        return all.stream().collect(Collectors.groupingBy(status, TreeMap::new, Collectors.counting()));
    }

    private static ReportFile.Cell of(Archive archive, Archive.Cell cell, Path folder) {
        return new ReportFile.Cell(
                cell.scenario(),
                cell.target(),
                cell.at().toString(),
                cell.status(),
                cell.sentence(),
                archive.runs(cell).size(),
                cell.race().map(race -> of(cell, race, folder)).orElse(null));
    }

    private static ReportFile.Run of(Archive.Cell cell, StoredRace race, Path folder) {
        Witnesses witnesses = Witnesses.of(cell);
        RoundTally rounds = race.rounds();
        return new ReportFile.Run(
                Places.from(folder, race.folder()),
                race.repeat(),
                "0x" + Long.toHexString(race.plan().seed()),
                race.verdict().map(StoredVerdict::product).orElse(""),
                race.plan().workload().unit(),
                rounds.planned(),
                rounds.raced(),
                rounds.bound(),
                rounds.shapes().isEmpty() ? null : rounds.determinism(),
                rounds.winners(),
                rounds.losers(),
                rounds.timing().measured()
                        ? new ReportFile.Alignment(
                                rounds.timing().p50Ns(),
                                rounds.timing().p90Ns(),
                                rounds.timing().overlap())
                        : null,
                found(race, StoredVerdict::anomalies, witnesses.first()),
                found(race, StoredVerdict::remarks, Map.of()),
                race.verdict().map(StoredVerdict::reservations).orElse(List.of()),
                witnesses.missing().orElse(null));
    }

    private static List<ReportFile.Anomaly> found(
            StoredRace race,
            Function<StoredVerdict, Map<String, StoredVerdict.Count>> which,
            Map<String, Witnesses.Witness> witnesses) {
        return race.verdict().map(which).orElse(Map.of()).entrySet().stream()
                .map(entry -> ReportFile.Anomaly.of(
                        entry.getKey(),
                        entry.getValue(),
                        Optional.ofNullable(witnesses.get(entry.getKey()))
                                .map(Witnesses.Witness::lines)
                                .orElse(null)))
                .toList();
    }

    private static ReportFile.Rule of(StoredAnswers answers, StoredRules.Rule rule, Path folder) {
        int answered = rule.examples().stream()
                .flatMap(example -> Stream.concat(Stream.of(example.quiet()), Stream.ofNullable(example.loaded())))
                .mapToInt(StoredRules.Sample::answered)
                .sum();
        return new ReportFile.Rule(
                answers.target(),
                answers.begun().toString(),
                answers.rules().target().product(),
                Places.from(folder, answers.folder()),
                rule.id(),
                rule.title(),
                rule.level(),
                rule.source(),
                rule.status(),
                rule.sentence(),
                rule.broken(),
                rule.deterministic(),
                answered,
                Witnesses.of(rule).orElse(null));
    }

    private static ReportFile.Capability of(String target, StoredRules.Capability capability) {
        return new ReportFile.Capability(
                target,
                capability.operation(),
                capability.condition(),
                capability.state(),
                capability.sentence(),
                capability.claimed(),
                capability.asClaimed());
    }

    private static ReportFile.TrendOf of(Trend trend) {
        return new ReportFile.TrendOf(
                trend.target(),
                trend.subject(),
                trend.code(),
                trend.title(),
                trend.unit(),
                trend.change().name(),
                trend.beyondChance(),
                trend.sentence(),
                trend.points().stream()
                        .map(point -> new ReportFile.Point(
                                point.at().toString(),
                                point.product(),
                                point.rate().count(),
                                point.rate().trials(),
                                point.rate().share(),
                                point.rate().low(),
                                point.rate().high()))
                        .toList());
    }
}
