package dev.etalon.scenarios.http.rules;

import static dev.etalon.core.rule.Rule.http;
import static dev.etalon.core.rule.Send.get;
import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.http.rules.HttpRules.IF_MATCH;
import static dev.etalon.scenarios.http.rules.HttpRules.OVERWRITTEN;
import static dev.etalon.scenarios.http.rules.HttpRules.PRESENT;

import dev.etalon.core.rule.Feature;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Send;
import dev.etalon.core.rule.Step;
import dev.etalon.core.rule.Then;
import java.time.Duration;
import java.util.List;

/** If-Range: the IR series. */
final class RangeRules {
    private static final String SECTION = "RFC 9110 §13.1.5";
    private static final String IF_RANGE = "If-Range";
    private static final Send RANGE = get().header("Range", "bytes=0-3");
    private static final Then PART = status(206).header("Content-Range");
    private static final Then WHOLE = status(200).noHeader("Content-Range");

    /** A date is a strong validator when its second is over; another for clocks that are cut differently. */
    private static final Duration GROWN_OLD = Duration.ofSeconds(2);

    private static final Feature RANGES = Feature.of(
            "byte ranges",
            Step.of(Send.put("old {key}").at("{key}")),
            Step.of(RANGE.at("{key}")).then(PART));

    private RangeRules() {}

    static List<Rule> all() {
        return List.of(
                http("IR-01", "If-Range with the current tag gives the range")
                        .should(SECTION)
                        .needs(RANGES)
                        .given(PRESENT)
                        .when(RANGE.header(IF_RANGE, "{E}"))
                        .then(PART),
                http("IR-02", "If-Range with another or a weak tag gives the whole")
                        .must(SECTION)
                        .needs(RANGES)
                        .given(OVERWRITTEN)
                        .when("a tag that was current", RANGE.header(IF_RANGE, "{S}"))
                        .then(WHOLE)
                        .when("the current tag marked weak", RANGE.header(IF_RANGE, "{E.weak}"))
                        .then(WHOLE),
                http("IR-03", "If-Range with the date of a change that is long over gives the range")
                        .should(SECTION)
                        .needs(RANGES)
                        .atMost(3)
                        .given(Step.of(Send.put("old {key}")).rest(GROWN_OLD))
                        .when(RANGE.header(IF_RANGE, "{LM}"))
                        .then(PART),
                http("IR-04", "If-Range with a date that two changes share gives the whole")
                        .must("RFC 9110 §13.1.5, §8.8.2.2")
                        .needs(RANGES)
                        .given(
                                Step.of(Send.put("one {key}")),
                                Step.of(get()).keep("D", "Last-Modified"),
                                Step.of(Send.put("old {key}")))
                        .when(RANGE.header(IF_RANGE, "{D}"))
                        .then(WHOLE),
                http("IR-05", "If-Range with a date that is not the date of the last change gives the whole")
                        .must(SECTION)
                        .needs(RANGES)
                        .given(PRESENT)
                        .when("later", RANGE.header(IF_RANGE, "{LM+1h}"))
                        .then(WHOLE)
                        .when("older", RANGE.header(IF_RANGE, "{LM-1h}"))
                        .then(WHOLE),
                http("IR-06", "If-Range without Range is ignored")
                        .must(SECTION)
                        .given(PRESENT)
                        .when(get().header(IF_RANGE, "{X}"))
                        .then(WHOLE),
                http("IR-07", "If-Match decides a read of a range before the range is looked at")
                        .must("RFC 9110 §13.2.2")
                        .needs(RANGES)
                        .given(OVERWRITTEN)
                        .when(RANGE.header(IF_MATCH, "{S}"))
                        .then(status(412)));
    }
}
