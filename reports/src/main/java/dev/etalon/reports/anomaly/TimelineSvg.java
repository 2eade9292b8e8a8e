package dev.etalon.reports.anomaly;

import dev.etalon.core.check.Lanes;
import dev.etalon.core.check.WitnessText;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.reports.html.Site;
import java.util.Map;

/** The picture of a finding as a file of its own, for wherever a picture can be shown and a page cannot. */
public final class TimelineSvg {
    private TimelineSvg() {}

    /** The picture, an SVG document that needs nothing else. The same finding and history give the same picture. */
    public static String of(Finding finding, History history) {
        Lanes lanes = Lanes.of(finding, history);
        return Site.text(
                "anomaly/standalone",
                Map.of(
                        "drawing",
                        Drawing.of(lanes),
                        "title",
                        finding.anomaly().label() + " on " + lanes.key(),
                        "description",
                        WitnessText.explanation(finding),
                        "notices",
                        lanes.notices()));
    }
}
