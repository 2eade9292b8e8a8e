package dev.etalon.core.rule;

import dev.etalon.core.plan.Protocol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One promise of a protocol to a single client, as data. Immutable; every method returns a changed copy, so that a
 * catalogue entry reads as a sentence:
 *
 * <pre>{@code
 * Rule.http("IM-12", "If-Match: * on a missing resource creates nothing")
 *         .must("RFC 9110 §13.1.1")
 *         .when(put().header("If-Match", "*"))
 *         .then(status(412).gone())
 * }</pre>
 *
 * @param id stable and unique, never reused
 * @param title one sentence: what is promised
 * @param level how binding it is
 * @param source who says so: RFC and section, or a vendor's page
 * @param protocol the protocol its targets speak
 * @param dialects the dialects it holds in, by name; empty for all
 * @param needs features a server may lack
 * @param subject path of the resource it speaks of
 * @param repetitionsMax most repetitions of one example, for rules with very many
 * @param given what is done before the examples that are added next
 * @param examples the ways to put it to a server
 */
public record Rule(
        String id,
        String title,
        Level level,
        String source,
        Protocol protocol,
        Set<String> dialects,
        Set<Feature> needs,
        String subject,
        int repetitionsMax,
        List<Step> given,
        List<Example> examples) {
    public Rule {
        dialects = Set.copyOf(dialects);
        needs = Collections.unmodifiableSet(new LinkedHashSet<>(needs));
        given = List.copyOf(given);
        examples = List.copyOf(examples);
        if (repetitionsMax < 1) {
            throw new IllegalArgumentException(
                    "a rule is put to a server at least once: rule=" + id + " repetitionsMax=" + repetitionsMax);
        }
    }

    /** A rule of plain HTTP. */
    public static Rule http(String id, String title) {
        return of(id, title, Protocol.HTTP, "{key}");
    }

    /** A rule of the S3 protocol. */
    public static Rule s3(String id, String title) {
        return of(id, title, Protocol.S3, "{bucket}/{key}");
    }

    private static Rule of(String id, String title, Protocol protocol, String subject) {
        return new Rule(
                id,
                title,
                Level.MAY,
                "",
                protocol,
                Set.of(),
                Set.of(),
                subject,
                Integer.MAX_VALUE,
                List.of(),
                List.of());
    }

    public Rule must(String section) {
        return level(Level.MUST, section);
    }

    public Rule should(String section) {
        return level(Level.SHOULD, section);
    }

    public Rule may(String section) {
        return level(Level.MAY, section);
    }

    public Rule documented(String page) {
        return level(Level.DOCUMENTED, page);
    }

    /** A limit of the protocol: its answers are counted. */
    public Rule hazard(String section) {
        return level(Level.HAZARD, section);
    }

    /** A peculiarity of one dialect; on targets of another it does not apply. */
    public Rule dialect(String name, String page) {
        return new Rule(
                id,
                title,
                Level.DIALECT,
                page,
                protocol,
                Set.of(name),
                needs,
                subject,
                repetitionsMax,
                given,
                examples);
    }

    private Rule level(Level other, String where) {
        return new Rule(id, title, other, where, protocol, dialects, needs, subject, repetitionsMax, given, examples);
    }

    /** A feature without which it says nothing. */
    public Rule needs(Feature feature) {
        Set<Feature> all = new LinkedHashSet<>(needs);
        all.add(feature);
        return new Rule(id, title, level, source, protocol, dialects, all, subject, repetitionsMax, given, examples);
    }

    /** Speaks of another path than the usual one. */
    public Rule about(String path) {
        return new Rule(id, title, level, source, protocol, dialects, needs, path, repetitionsMax, given, examples);
    }

    /** Is repeated less often than others, since it has very many examples. */
    public Rule atMost(int repetitions) {
        return new Rule(id, title, level, source, protocol, dialects, needs, subject, repetitions, given, examples);
    }

    /** What is done before each of the examples that follow, on names of their own. */
    public Rule given(Step... steps) {
        return new Rule(
                id, title, level, source, protocol, dialects, needs, subject, repetitionsMax, List.of(steps), examples);
    }

    /** The one request of this rule. */
    public When when(Send send) {
        return when("", send);
    }

    /** One of several requests of this rule. */
    public When when(String name, Send send) {
        return new When(this, name, send);
    }

    /**
     * An example without its end.
     *
     * @param rule the rule it belongs to
     * @param name the example's name
     * @param send the request
     */
    public record When(Rule rule, String name, Send send) {
        /** What is owed. */
        public Rule then(Then then) {
            List<Example> all = new ArrayList<>(rule.examples);
            all.add(new Example(name, rule.given, send, then));
            return new Rule(
                    rule.id,
                    rule.title,
                    rule.level,
                    rule.source,
                    rule.protocol,
                    rule.dialects,
                    rule.needs,
                    rule.subject,
                    rule.repetitionsMax,
                    rule.given,
                    all);
        }
    }

    /** Whether it holds in a dialect. */
    public boolean appliesTo(String dialect) {
        return dialects.isEmpty() || dialects.contains(dialect);
    }
}
