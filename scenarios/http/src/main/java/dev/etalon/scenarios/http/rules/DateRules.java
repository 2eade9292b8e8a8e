package dev.etalon.scenarios.http.rules;

import static dev.etalon.core.rule.Rule.http;
import static dev.etalon.core.rule.Send.delete;
import static dev.etalon.core.rule.Send.get;
import static dev.etalon.core.rule.Send.head;
import static dev.etalon.core.rule.Send.put;
import static dev.etalon.core.rule.Then.status;
import static dev.etalon.scenarios.http.rules.HttpRules.ABSENT;
import static dev.etalon.scenarios.http.rules.HttpRules.IF_MATCH;
import static dev.etalon.scenarios.http.rules.HttpRules.IF_MODIFIED_SINCE;
import static dev.etalon.scenarios.http.rules.HttpRules.IF_UNMODIFIED_SINCE;
import static dev.etalon.scenarios.http.rules.HttpRules.OVERWRITTEN;
import static dev.etalon.scenarios.http.rules.HttpRules.PRESENT;
import static dev.etalon.scenarios.http.rules.PatchRules.DOCUMENT;
import static dev.etalon.scenarios.http.rules.PatchRules.PATCH;
import static dev.etalon.scenarios.http.rules.PatchRules.patch;

import dev.etalon.core.rule.Feature;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Step;
import dev.etalon.core.rule.Then;
import java.time.Duration;
import java.util.List;

/** If-Modified-Since and If-Unmodified-Since: the MS and US series. Dates differ by an hour: clocks count in seconds. */
final class DateRules {
    private static final String MODIFIED = "RFC 9110 §13.1.3";
    private static final String UNMODIFIED = "RFC 9110 §13.1.4";
    private static final String LONG_AGO = "Mon, 01 Jan 2001 00:00:00 GMT";
    private static final String LONG_AHEAD = "Fri, 01 Jan 2100 00:00:00 GMT";
    private static final String DATE = "Date";

    /** A resource that was written twice, as fast as that goes; {@code {D}} is the date it had in between. */
    private static final Step[] SAME_SECOND = {
        Step.of(put("one {key}")), Step.of(get()).keep("D", "Last-Modified"), Step.of(put("old {key}"))
    };

    private static final Feature DATELESS = Feature.of(
            "resource without a date of modification",
            Step.of(put("old {key}").at("{key}")),
            Step.of(get().at("{key}")).then(status(200).noHeader("Last-Modified")));

    /** Granted: 201 too, for that a server says of a PUT that it created is a fault of its own (VA-06). */
    private static final Then REPLACED = status(200, 201, 204).written();

    private static final Then REFUSED = status(412).unchanged();

    private DateRules() {}

    static List<Rule> all() {
        return List.of(
                http("MS-01", "If-Modified-Since with the date of the last change answers a read with 304")
                        .should(MODIFIED)
                        .given(PRESENT)
                        .when("GET", get().header(IF_MODIFIED_SINCE, "{LM}"))
                        .then(status(304))
                        .when("HEAD", head().header(IF_MODIFIED_SINCE, "{LM}"))
                        .then(status(304)),
                http("MS-02", "If-Modified-Since with an older date lets a read through")
                        .must(MODIFIED)
                        .given(PRESENT)
                        .when("GET", get().header(IF_MODIFIED_SINCE, "{LM-1h}"))
                        .then(status(200))
                        .when("HEAD", head().header(IF_MODIFIED_SINCE, "{LM-1h}"))
                        .then(status(200)),
                http("MS-03", "An If-Modified-Since that is no date is ignored")
                        .must(MODIFIED)
                        .given(PRESENT)
                        .when("a word", get().header(IF_MODIFIED_SINCE, "yesterday"))
                        .then(status(200))
                        .when("nothing", get().header(IF_MODIFIED_SINCE, ""))
                        .then(status(200))
                        .when("a list of dates", get().header(IF_MODIFIED_SINCE, "{LM}, {LM}"))
                        .then(status(200)),
                http("MS-04", "If-Modified-Since is ignored by methods that do not read")
                        .must(MODIFIED)
                        .given(PRESENT)
                        .when("PUT", put().header(IF_MODIFIED_SINCE, "{LM}"))
                        .then(REPLACED)
                        .when("DELETE", delete().header(IF_MODIFIED_SINCE, "{LM}"))
                        .then(status(200, 204).gone()),
                http("MS-05", "If-Modified-Since is ignored where there is no date to compare")
                        .must(MODIFIED)
                        .needs(DATELESS)
                        .given(PRESENT)
                        .when(get().header(IF_MODIFIED_SINCE, LONG_AHEAD))
                        .then(status(200)),
                http("MS-06", "The obsolete forms of a date are understood")
                        .should("RFC 9110 §5.6.7, §13.1.3")
                        .given(PRESENT)
                        .when("RFC 850, the date of the last change", get().header(IF_MODIFIED_SINCE, "{LM.rfc850}"))
                        .then(status(304))
                        .when("asctime, the date of the last change", get().header(IF_MODIFIED_SINCE, "{LM.asctime}"))
                        .then(status(304))
                        .when("RFC 850, older", get().header(IF_MODIFIED_SINCE, "{LM.rfc850-1h}"))
                        .then(status(200))
                        .when("asctime, older", get().header(IF_MODIFIED_SINCE, "{LM.asctime-1h}"))
                        .then(status(200)),
                http("MS-07", "A reader who goes by If-Modified-Since misses the second change of one second")
                        .hazard("RFC 9110 §8.8.2.2")
                        .given(SAME_SECOND)
                        .when(get().header(IF_MODIFIED_SINCE, "{D}"))
                        .then(status(200, 304)),
                http("US-01", "If-Unmodified-Since with an older date refuses a write")
                        .must(UNMODIFIED)
                        .given(PRESENT)
                        .when("PUT", put().header(IF_UNMODIFIED_SINCE, "{LM-1h}"))
                        .then(REFUSED)
                        .when("DELETE", delete().header(IF_UNMODIFIED_SINCE, "{LM-1h}"))
                        .then(REFUSED),
                http("US-02", "If-Unmodified-Since with the date of the last change or a later one lets a PUT through")
                        .must(UNMODIFIED)
                        .given(PRESENT)
                        .when("the date", put().header(IF_UNMODIFIED_SINCE, "{LM}"))
                        .then(REPLACED)
                        .when("later", put().header(IF_UNMODIFIED_SINCE, "{LM+1h}"))
                        .then(REPLACED),
                http("US-03", "An If-Unmodified-Since that is no date is ignored")
                        .must(UNMODIFIED)
                        .given(PRESENT)
                        .when("a word", put().header(IF_UNMODIFIED_SINCE, "yesterday"))
                        .then(REPLACED)
                        .when("nothing", put().header(IF_UNMODIFIED_SINCE, ""))
                        .then(REPLACED)
                        .when("a list of dates", put().header(IF_UNMODIFIED_SINCE, "{LM-1h}, {LM-1h}"))
                        .then(REPLACED),
                http("US-04", "If-Unmodified-Since is ignored where there is nothing to compare")
                        .must(UNMODIFIED)
                        .given(ABSENT)
                        .when(put().header(IF_UNMODIFIED_SINCE, LONG_AGO))
                        .then(status(201).written()),
                http("US-05", "If-Unmodified-Since is ignored where there is no date to compare")
                        .must(UNMODIFIED)
                        .needs(DATELESS)
                        .given(PRESENT)
                        .when(put().header(IF_UNMODIFIED_SINCE, LONG_AGO))
                        .then(REPLACED),
                http("US-06", "If-Unmodified-Since is ignored beside an If-Match that is true")
                        .must(UNMODIFIED)
                        .given(PRESENT)
                        .when(put().header(IF_MATCH, "{E}").header(IF_UNMODIFIED_SINCE, "{LM-1h}"))
                        .then(REPLACED),
                http("US-07", "If-Unmodified-Since is ignored beside an If-Match that is false")
                        .must(UNMODIFIED)
                        .given(OVERWRITTEN)
                        .when(put().header(IF_MATCH, "{S}").header(IF_UNMODIFIED_SINCE, "{LM+1h}"))
                        .then(REFUSED),
                http("US-08", "If-Unmodified-Since decides a read")
                        .must(UNMODIFIED)
                        .given(PRESENT)
                        .when("GET, older", get().header(IF_UNMODIFIED_SINCE, "{LM-1h}"))
                        .then(status(412))
                        .when("HEAD, older", head().header(IF_UNMODIFIED_SINCE, "{LM-1h}"))
                        .then(status(412))
                        .when("GET, the date", get().header(IF_UNMODIFIED_SINCE, "{LM}"))
                        .then(status(200)),
                http("US-09", "If-Unmodified-Since does not see the second change of one second: an update is lost")
                        .hazard("RFC 9110 §8.8.2.2")
                        .given(SAME_SECOND)
                        .when(put().header(IF_UNMODIFIED_SINCE, "{D}"))
                        .then(status(200, 204, 412)),
                http("US-10", "The server's dates are compared, not the client's clock")
                        .must(UNMODIFIED)
                        .given(PRESENT)
                        .when(
                                "a clock a day behind",
                                put().header(DATE, "{LM-1d}").header(IF_UNMODIFIED_SINCE, "{LM}"))
                        .then(REPLACED)
                        .when(
                                "a clock a day ahead",
                                put().header(DATE, "{LM+1d}").header(IF_UNMODIFIED_SINCE, "{LM-1h}"))
                        .then(REFUSED),
                http("US-11", "If-Unmodified-Since decides a PATCH")
                        .must(UNMODIFIED)
                        .needs(PATCH)
                        .given(DOCUMENT)
                        .when("older", patch().header(IF_UNMODIFIED_SINCE, "{LM-1h}"))
                        .then(REFUSED)
                        .when("the date", patch().header(IF_UNMODIFIED_SINCE, "{LM}"))
                        .then(status(200, 204).changed()),
                http("US-12", "If-Unmodified-Since with the date of a change that is long over lets a PUT through")
                        .must(UNMODIFIED)
                        .atMost(3)
                        .given(Step.of(put("old {key}")).rest(Duration.ofSeconds(2)))
                        .when(put().header(IF_UNMODIFIED_SINCE, "{LM}"))
                        .then(REPLACED));
    }
}
