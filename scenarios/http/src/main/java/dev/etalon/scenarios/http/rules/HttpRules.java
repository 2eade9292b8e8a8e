package dev.etalon.scenarios.http.rules;

import dev.etalon.core.rule.Probe;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.RuleBook;
import dev.etalon.core.rule.Send;
import dev.etalon.core.rule.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The rules of plain HTTP. */
public final class HttpRules implements RuleBook {
    static final String IF_MATCH = "If-Match";
    static final String IF_NONE_MATCH = "If-None-Match";
    static final String IF_MODIFIED_SINCE = "If-Modified-Since";
    static final String IF_UNMODIFIED_SINCE = "If-Unmodified-Since";

    /** A resource that was written once. */
    static final Step[] PRESENT = {Step.of(Send.put("old {key}"))};

    /** A resource that was written twice; {@code {S}} is the tag it had in between. */
    static final Step[] OVERWRITTEN = {
        Step.of(Send.put("one {key}")),
        Step.of(Send.get()).keepSuperseded("S", "ETag", "E"),
        Step.of(Send.put("old {key}"))
    };

    /** Nothing. */
    static final Step[] ABSENT = {};

    @Override
    public List<Rule> rules() {
        return Stream.of(
                        IfMatchRules.all(),
                        IfNoneMatchRules.all(),
                        DateRules.all(),
                        PrecedenceRules.all(),
                        RangeRules.all(),
                        ValidatorRules.all(),
                        PatchRules.all(),
                        RefusalRules.all(),
                        CacheRules.all(),
                        WebDavRules.all())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public Map<String, String> series() {
        Map<String, String> series = new LinkedHashMap<>();
        series.put("IM-", "If-Match");
        series.put("NM-", "If-None-Match");
        series.put("MS-", "If-Modified-Since");
        series.put("US-", "If-Unmodified-Since");
        series.put("PR-", "several conditions in one request: which counts");
        series.put("IR-", "If-Range");
        series.put("VA-", "entity tags and dates themselves");
        series.put("PA-", "PATCH");
        series.put("PQ-", "servers that demand a condition: 428");
        series.put("PF-", "Prefer");
        series.put("TC-", "what a 412 tells");
        series.put("CA-", "caches on the way");
        series.put("DV-", "WebDAV");
        return series;
    }

    @Override
    public List<Probe> probes() {
        return HttpProbes.all();
    }
}
