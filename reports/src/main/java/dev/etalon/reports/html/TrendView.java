package dev.etalon.reports.html;

import dev.etalon.core.report.Archive;
import dev.etalon.core.report.StoredRace;
import dev.etalon.core.report.Trend;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A trend as a picture: the rate of each run as a dot, its bounds at 95 % as a bar, from the oldest on the left to the newest.
 *
 * @param trend what is shown
 * @param href the page of the newest run, or of the rule
 * @param dots one for each run that is drawn
 * @param leftOut older runs that are not drawn
 */
public record TrendView(Trend trend, String href, List<Dot> dots, int leftOut) {
    /** Height of the picture in units of its own; 0 is a rate of 100 %. */
    public static final int HEIGHT = 40;

    /** Trends beyond which a page gets slow. */
    public static final int TRENDS_MAX = 2_000;

    private static final int STEP = 14;
    private static final int MARGIN = 4;

    /** More are too close to be told apart. */
    private static final int DOTS_MAX = 40;

    /**
     * A run in the picture.
     *
     * @param x its place
     * @param y of the rate
     * @param top of the greatest true rate
     * @param bottom of the least
     * @param text what it says
     */
    public record Dot(int x, String y, String top, String bottom, boolean seen, String text) {}

    /** Every trend of an archive: those that changed first. */
    static List<TrendView> of(Archive archive, List<Trend> trends) {
        Map<String, StoredRace> newest = new HashMap<>();
        archive.races().forEach(race -> newest.put(race.cell(), race));
        List<TrendView> views = new ArrayList<>();
        for (Trend trend : trends) {
            StoredRace race = newest.get(trend.subject() + " " + trend.target());
            views.add(of(trend, race == null ? Site.rule(trend.code()) : Site.run(race)));
        }
        views.sort((one, other) -> Boolean.compare(
                one.trend().change() == Trend.Change.STEADY, other.trend().change() == Trend.Change.STEADY));
        return views.stream().limit(TRENDS_MAX).toList();
    }

    private static TrendView of(Trend trend, String href) {
        int leftOut = Math.max(0, trend.points().size() - DOTS_MAX);
        List<Dot> dots = new ArrayList<>();
        for (Trend.Point point : trend.points().subList(leftOut, trend.points().size())) {
            dots.add(new Dot(
                    MARGIN + STEP / 2 + STEP * dots.size(),
                    y(point.rate().share()),
                    y(point.rate().high()),
                    y(point.rate().low()),
                    point.seen(),
                    point.at() + ": " + point.rate().text(trend.unit()) + ", " + point.product()));
        }
        return new TrendView(trend, href, dots, leftOut);
    }

    private static String y(double share) {
        return String.format(Locale.ROOT, "%.1f", MARGIN + (1 - share) * (HEIGHT - 2 * MARGIN));
    }

    /** Width of the picture. */
    public int width() {
        return 2 * MARGIN + STEP * dots.size();
    }

    /** How it is to be taken: what came is bad, what went is good, what comes and goes is odd. */
    public Mark mark() {
        return switch (trend.change()) {
            case NEW -> new Mark("NEW", "↗", "new", "bad");
            case GONE -> new Mark("GONE", "↘", "gone", "ok");
            case FLAPPING -> new Mark("FLAPPING", "~", "flaps", "odd");
            case STEADY -> new Mark("STEADY", "→", "steady", "off");
        };
    }
}
