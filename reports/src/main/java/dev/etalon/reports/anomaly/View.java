package dev.etalon.reports.anomaly;

import dev.etalon.core.check.OtherCause;
import dev.etalon.core.report.AnomalyGuide;
import java.util.List;

/**
 * What the page of an anomaly shows; the parameter {@code view} of its template.
 *
 * @param meaning two sentences on anomalies of this kind
 * @param explanation what follows from this witness
 * @param where in which round, on which key
 * @param words what the names on the page mean, in the order in which they come
 * @param otherCauses what else than the server may have given these answers
 * @param severity how bad it is, in words
 * @param run path of the page of its run
 * @param target name of the target
 * @param scenario id of the scenario
 * @param key name of the key
 * @param drawing the picture
 * @param gutter width of the names beside it, in pixels
 * @param spoken the picture in a sentence or two, for those who do not see it
 * @param zero when the picture begins, from the beginning of the run
 * @param notices what it does not show
 * @param witness requests of the proof
 * @param others the other requests of the picture
 * @param rate how often this anomaly was found
 * @param more what has no page; empty when everything has one
 * @param previous path of the page before; empty for none
 * @param next path of the page after; empty for none
 * @param repeat the command that repeats the plan
 * @param judge the command that judges the history again
 * @param curl the script that sends the witness again
 * @param sources where to read on
 * @param known document on what is known of the target; empty for none
 * @param threads public threads
 * @param text the witness and the picture as text
 */
public record View(
        String meaning,
        String explanation,
        String where,
        List<Word> words,
        List<OtherCause> otherCauses,
        String severity,
        String run,
        String target,
        String scenario,
        String key,
        Drawing drawing,
        int gutter,
        String spoken,
        String zero,
        List<String> notices,
        List<Rebuilt> witness,
        List<Rebuilt> others,
        String rate,
        String more,
        String previous,
        String next,
        String repeat,
        String judge,
        String curl,
        List<AnomalyGuide.Page> sources,
        String known,
        List<AnomalyGuide.Page> threads,
        String text) {
    /**
     * A name on the page.
     *
     * @param word as it stands there
     * @param meaning a sentence
     */
    public record Word(String word, String meaning) {}

    public View {
        words = List.copyOf(words);
        otherCauses = List.copyOf(otherCauses);
        notices = List.copyOf(notices);
        witness = List.copyOf(witness);
        others = List.copyOf(others);
        sources = List.copyOf(sources);
        threads = List.copyOf(threads);
    }
}
