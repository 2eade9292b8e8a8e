package dev.etalon.core.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.etalon.core.conformance.RuleVerdict;
import dev.etalon.core.model.Anomaly;
import dev.etalon.core.store.Json;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is already known to be wrong with a bundled target, as data: {@code META-INF/etalon/findings/<target>.json} on the
 * class path. A target without such a file has no known findings: any violation fails.
 *
 * @param target the target's name
 * @param page where people read about it
 * @param findings what is known of its races
 * @param rules the rules it is known to break
 */
public record KnownFindings(String target, String page, List<Known> findings, List<KnownRule> rules) {
    public KnownFindings {
        target = target == null ? "" : target;
        page = page == null ? "" : page;
        findings = findings == null ? List.of() : List.copyOf(findings);
        rules = rules == null ? List.of() : List.copyOf(rules);
    }

    /**
     * One known finding.
     *
     * @param scenario scenario id
     * @param anomaly its code, for example {@code A1}
     * @param deterministic whether every default run finds it, so that not finding it is news too
     * @param rate how often it was found, in words
     * @param version the server version it was measured on
     * @param measured the day it was measured, ISO-8601
     */
    public record Known(
            String scenario, String anomaly, boolean deterministic, String rate, String version, String measured) {}

    /**
     * A rule that is known to be broken.
     *
     * @param rule its id
     * @param deterministic whether it is broken each time, so that keeping it is news too
     * @param answer what the server does, in words
     * @param version the server version it was measured on
     * @param measured the day it was measured, ISO-8601
     */
    public record KnownRule(String rule, boolean deterministic, String answer, String version, String measured) {}

    /** What is known of a target when a version of it has answered: what the user says, else what is bundled with it. */
    static KnownFindings of(TargetInfo target, ClassLoader loader, String version, Optional<KnownFindings> user) {
        return user.orElseGet(() -> (target.kind() == TargetInfo.Kind.EXTERNAL
                        ? new KnownFindings(target.name(), "", List.of(), List.of())
                        : of(target.name(), loader))
                .on(version));
    }

    /** The known findings of a target. */
    public static KnownFindings of(String target, ClassLoader loader) {
        String name = "META-INF/etalon/findings/" + target + ".json";
        try (InputStream in = loader.getResourceAsStream(name)) {
            return in == null
                    ? new KnownFindings(target, "", List.of(), List.of())
                    : Json.MAPPER.readValue(in, KnownFindings.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the known findings cannot be read: " + name, e);
        }
    }

    /**
     * What the user says is known of the servers of a session: the file that {@code etalon.known} names, in the same format. It
     * takes the place of what is bundled, and counts whatever version answers.
     *
     * @return empty when none is named
     * @throws IllegalArgumentException with a sentence for the user when it cannot be read
     */
    static Optional<KnownFindings> ofUser(Settings settings) {
        return settings.get("etalon.known").map(name -> {
            Path file = Path.of(name);
            try {
                return read(file);
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        "etalon.known must name a file of known findings, as --write-known writes it: etalon.known="
                                + name + " (" + reason(e) + ")",
                        e);
            }
        });
    }

    private static KnownFindings read(Path file) throws IOException {
        KnownFindings stored = Json.MAPPER.readValue(file.toFile(), KnownFindings.class);
        String name = String.valueOf(file.getFileName()).replaceAll("[.]json$", "");
        return new KnownFindings(name, stored.page(), stored.findings(), stored.rules());
    }

    private static String reason(IOException e) {
        return e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.toString();
    }

    /** What the cells of a session found. */
    public static KnownFindings found(String target, List<CellResult> cells) {
        List<Known> findings = new ArrayList<>();
        for (CellResult cell : cells) {
            cell.ran().ifPresent(run -> {
                run.verdict()
                        .counts()
                        .keySet()
                        .forEach(anomaly -> findings.add(known(
                                cell,
                                run,
                                anomaly,
                                CellRun.rate(anomaly, run)
                                        .substring(anomaly.label().length())
                                        .strip())));
                String strangers = CellRun.strangers(cell.target().dialect(), run);
                if (!strangers.isEmpty()) {
                    findings.add(known(cell, run, Anomaly.AMBIGUOUS_LOSER, strangers));
                }
            });
        }
        return new KnownFindings(target, "", findings, List.of());
    }

    private static Known known(CellResult cell, CellResult.Run run, Anomaly anomaly, String rate) {
        return new Known(cell.scenario().id(), anomaly.code(), false, rate, run.version(), today());
    }

    /** The rules that a target broke. */
    public static KnownFindings broken(RuleSession.Report report) {
        return new KnownFindings(
                report.target().name(),
                "",
                List.of(),
                report.verdicts().stream()
                        .filter(RuleVerdict::broken)
                        .map(verdict -> new KnownRule(
                                verdict.rule().id(), false, verdict.sentence(), report.version(), today()))
                        .toList());
    }

    private static String today() {
        return LocalDate.now(ZoneOffset.UTC).toString();
    }

    /**
     * Adds these findings to a file, which is made when it is not there. What is in it already is kept: what comes and goes is
     * not found each time.
     *
     * @throws IllegalArgumentException with a sentence for the user when the file cannot be read or written
     */
    public void addTo(Path file) {
        try {
            KnownFindings before = Files.exists(file)
                    ? Json.MAPPER.readValue(file.toFile(), KnownFindings.class)
                    : new KnownFindings(target, page, List.of(), List.of());
            Map<String, Known> races = new TreeMap<>();
            Stream.concat(before.findings().stream(), findings.stream())
                    .forEach(known -> races.put(known.scenario() + " " + known.anomaly(), known));
            Map<String, KnownRule> broken = new TreeMap<>();
            Stream.concat(before.rules().stream(), rules.stream()).forEach(known -> broken.put(known.rule(), known));
            KnownFindings all = new KnownFindings(
                    before.target(), before.page(), List.copyOf(races.values()), List.copyOf(broken.values()));
            Files.writeString(file, Json.MAPPER.writeValueAsString(all) + "\n");
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--write-known must name a file that can be written: --write-known=" + file + " (" + reason(e)
                            + ")",
                    e);
        }
    }

    /** Those that were measured on the version that answered: another one has to earn its own. */
    KnownFindings on(String version) {
        return new KnownFindings(
                target,
                page,
                findings.stream()
                        .filter(known -> version.contains(known.version()))
                        .toList(),
                rules.stream()
                        .filter(known -> version.contains(known.version()))
                        .toList());
    }

    /** Whether an anomaly is known of a scenario. */
    boolean contains(String scenario, Anomaly anomaly) {
        return findings.stream()
                .anyMatch(known ->
                        known.scenario().equals(scenario) && known.anomaly().equals(anomaly.code()));
    }

    /**
     * Compares what was found with what is known.
     *
     * @param complete whether everything planned was raced; only then is a missing finding news
     * @return one sentence for each surprise; empty when everything is as written down
     */
    public List<String> surprises(String scenario, Set<Anomaly> found, boolean complete) {
        List<Known> here = findings.stream()
                .filter(known -> known.scenario().equals(scenario))
                .toList();
        Set<String> known = here.stream().map(Known::anomaly).collect(Collectors.toSet());
        List<String> surprises = new ArrayList<>();
        for (Anomaly anomaly : found) {
            if (!known.contains(anomaly.code())) {
                surprises.add("new: " + anomaly.label());
            }
        }
        Set<String> codes = found.stream().map(Anomaly::code).collect(Collectors.toSet());
        for (Known expected : here) {
            if (complete && expected.deterministic() && !codes.contains(expected.anomaly())) {
                surprises.add(
                        "gone: " + expected.anomaly() + ", found in every run until " + gone(expected.measured()));
            }
        }
        return surprises;
    }

    /**
     * Compares what came of a rule with what is known.
     *
     * @return one sentence for a surprise; empty when everything is as written down, or when nothing follows
     */
    public Optional<String> surprise(RuleVerdict verdict) {
        Optional<KnownRule> known = rules.stream()
                .filter(rule -> rule.rule().equals(verdict.rule().id()))
                .findFirst();
        if (verdict.broken()) {
            return known.isPresent() ? Optional.empty() : Optional.of("new: " + verdict.sentence());
        }
        return verdict.status() == RuleVerdict.Status.UNDECIDED
                ? Optional.empty()
                : known.filter(KnownRule::deterministic)
                        .map(rule -> "gone: broken each time (" + rule.answer() + ") until " + gone(rule.measured()));
    }

    private String gone(String measured) {
        return measured + "; if the server was mended, take it out of " + target + ".json";
    }

    /** Where people read about it. */
    public Optional<String> where() {
        return page.isEmpty() ? Optional.empty() : Optional.of(page);
    }
}
