package dev.etalon.core.session;

import dev.etalon.core.conformance.RuleVerdict;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.session.CellResult.Status;
import java.util.Optional;

/**
 * What came of one rule on one target, held against what is known of it.
 *
 * @param rule the rule
 * @param report what came of the whole target
 * @param status how it counts
 * @param sentence why it counts like that; one sentence for a person
 */
public record RuleResult(Rule rule, RuleSession.Report report, Status status, String sentence) {
    static RuleResult of(Rule rule, RuleSession.Report report, KnownFindings known) {
        Optional<RuleVerdict> verdict = verdict(rule, report);
        if (verdict.isEmpty()) {
            return new RuleResult(
                    rule,
                    report,
                    report.lacking() ? Status.NOT_RUN : Status.UNAVAILABLE,
                    report.unavailable().or(report::endedEarly).orElse("the rule was not asked"));
        }
        Optional<String> surprise = known.surprise(verdict.get());
        if (surprise.isPresent()) {
            return new RuleResult(rule, report, Status.VIOLATION, surprise.get());
        }
        String sentence = verdict.get().sentence();
        Status status = verdict.get().broken()
                ? Status.KNOWN
                : switch (verdict.get().status()) {
                    case NOT_APPLICABLE, NOT_SUPPORTED -> Status.NOT_RUN;
                    case UNDECIDED -> Status.UNDECIDED;
                    case PASS, COUNTED, FLAPPING, FAIL -> Status.VALID;
                };
        return new RuleResult(
                rule,
                report,
                status,
                status == Status.KNOWN
                        ? "known: " + sentence
                                + known.where().map(page -> "; see " + page).orElse("")
                        : sentence);
    }

    private static Optional<RuleVerdict> verdict(Rule rule, RuleSession.Report report) {
        return report.verdicts().stream()
                .filter(verdict -> verdict.rule().id().equals(rule.id()))
                .findFirst();
    }

    /** What the server did; empty when it was not asked. */
    public Optional<RuleVerdict> verdict() {
        return verdict(rule, report);
    }

    /** Its name in tests. */
    public String name() {
        return name(rule, report.target().name());
    }

    static String name(Rule rule, String target) {
        return rule.id() + " on " + target + ": " + rule.title();
    }
}
