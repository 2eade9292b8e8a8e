package dev.etalon.core.session;

import dev.etalon.core.rule.Probe;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.RuleBook;
import dev.etalon.core.rule.Send;
import dev.etalon.core.rule.Step;
import dev.etalon.core.rule.Then;
import java.util.List;

/** Two rules and a probe. */
public final class FakeRules implements RuleBook {
    private static final Step PRESENT = Step.of(Send.put("old {key}"));
    private static final Send STALE = Send.put().header("If-Match", "{X}");
    private static final Send FRESH = Send.put().header("If-Match", "{E}");

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.http("T-01", "If-Match with another tag refuses a PUT")
                        .must("RFC 9110 §13.1.1")
                        .given(PRESENT)
                        .when(STALE)
                        .then(Then.status(412).unchanged()),
                Rule.http("T-02", "If-Match with the current tag lets a PUT through")
                        .must("RFC 9110 §13.1.1")
                        .given(PRESENT)
                        .when(FRESH)
                        .then(Then.status(200).written()));
    }

    @Override
    public List<Probe> probes() {
        return List.of(Probe.of("PUT", "If-Match", Rule.http("CAP-PUT-If-Match", "If-Match on PUT"))
                .given(PRESENT)
                .met("the current tag", FRESH, Then.status(200).written())
                .unmet("a tag never given", STALE, Then.status(412).unchanged())
                .done());
    }
}
