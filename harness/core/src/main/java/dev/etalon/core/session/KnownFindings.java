package dev.etalon.core.session;

import dev.etalon.core.conformance.RuleVerdict;
import dev.etalon.core.model.Anomaly;
import dev.etalon.core.store.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
