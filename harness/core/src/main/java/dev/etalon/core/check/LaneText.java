package dev.etalon.core.check;

import dev.etalon.core.model.History;
import dev.etalon.core.model.Printable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws lanes for a terminal: a line for each client, a column for each stretch of time, at most {@value #WIDTH} wide. */
public final class LaneText {
    /** Columns of a line. */
    public static final int WIDTH = 120;

    private static final int NAME_MAX = 12;

    /** Room for a number and its unit. */
    private static final int TICK_COLUMNS = 14;

    private final Lanes lanes;
    private final Signs signs;
    private final int name;
    private final int columns;

    /** What the parts of a bar are drawn with. */
    private record Signs(
            char begin,
            char end,
            char point,
            char withheld,
            char flight,
            char witness,
            char unknown,
            char open,
            char idle) {
        static final Signs PLAIN = new Signs('[', ']', '|', '.', '-', '=', '?', '>', ':');
        static final Signs DRAWN = new Signs('├', '┤', '│', '┈', '─', '━', '?', '►', '┊');
    }

    private LaneText(Lanes lanes, Signs signs) {
        this.lanes = lanes;
        this.signs = signs;
        this.name = Math.min(
                NAME_MAX,
                lanes.lanes().stream()
                        .mapToInt(lane -> lane.name().length())
                        .max()
                        .orElse(0));
        this.columns = WIDTH - name - "    ".length();
    }

    /** The lanes with a key below, each line ended by a line break. */
    public static String of(Lanes lanes, History.Origin origin) {
        return new LaneText(lanes, Signs.DRAWN).text(origin);
    }

    /** The same in ASCII, for terminals and files that know no other signs. */
    public static String ascii(Lanes lanes, History.Origin origin) {
        return new LaneText(lanes, Signs.PLAIN).text(origin).replace("…", "..");
    }

    private String text(History.Origin origin) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                String.format(
                        Locale.ROOT,
                        "  %s: %s in all, from %s after the start of the run",
                        Printable.of(lanes.key(), WIDTH / 2),
                        duration(lanes.scale().toNs() - lanes.scale().fromNs()),
                        duration(lanes.scale().fromNs() - origin.startNs())));
        line(text, "  " + " ".repeat(name + 2) + ticks());
        lanes.lanes().forEach(lane -> line(text, "  " + padded(lane.name()) + "  " + row(lane)));
        for (Lanes.Bar bar : lanes.witness()) {
            line(
                    text,
                    "  " + bar.mark() + " " + "w" + bar.operation().actor() + " "
                            + OperationText.request(bar.operation()) + " -> "
                            + OperationText.answer(bar.operation()) + "   "
                            + OperationText.said(bar.operation()) + (bar.lost() ? ", lost" : ""));
        }
        line(text, "  " + legend());
        lanes.notices().forEach(notice -> line(text, "  " + notice));
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        String stripped = line.stripTrailing();
        text.append(stripped.length() <= WIDTH ? stripped : stripped.substring(0, WIDTH - 1) + "…")
                .append('\n');
    }

    private String padded(String of) {
        String shown = Printable.of(of);
        return (shown.length() <= name ? shown : shown.substring(0, name))
                + " ".repeat(Math.max(0, name - shown.length()));
    }

    private int column(long ns) {
        return (int) Math.min(columns - 1, Math.floor(lanes.scale().at(ns) * columns));
    }

    private String ticks() {
        char[] line = new char[columns];
        Arrays.fill(line, ' ');
        int free = 0;
        for (long tick : lanes.scale().ticks(columns / TICK_COLUMNS)) {
            int at = column(tick);
            String label = "|" + duration(tick - lanes.scale().fromNs());
            if (at >= free && at + label.length() <= columns) {
                label.getChars(0, label.length(), line, at);
                free = at + label.length() + 1;
            }
        }
        return new String(line);
    }

    private String row(Lanes.Lane lane) {
        char[] line = new char[columns];
        Arrays.fill(line, ' ');
        for (TimeScale.Piece idle : lanes.scale().idle()) {
            line[(int) ((idle.from() + idle.to()) / 2 * columns)] = signs.idle();
        }
        // What matters is drawn last, over what does not.
        lane.bars().stream().filter(bar -> !bar.witness()).forEach(bar -> draw(line, bar));
        lane.bars().stream().filter(Lanes.Bar::witness).forEach(bar -> draw(line, bar));
        int free = 0;
        for (Lanes.Bar bar : lane.bars()) {
            if (bar.witness()) {
                String mark = String.valueOf(bar.mark());
                int from = column(bar.operation().startNs());
                int to = bar.open() ? columns - 1 : column(bar.operation().endNs());
                int at = Math.min(columns - mark.length(), Math.max(free, to - from > mark.length() ? from + 1 : from));
                mark.getChars(0, mark.length(), line, at);
                free = at + mark.length();
            }
        }
        return new String(line);
    }

    private void draw(char[] line, Lanes.Bar bar) {
        int from = column(bar.operation().startNs());
        int released = column(bar.operation().releasedNs());
        int to = bar.open() ? columns - 1 : column(bar.operation().endNs());
        char flight = bar.operation().unknown() ? signs.unknown() : bar.witness() ? signs.witness() : signs.flight();
        for (int at = from; at <= to; at++) {
            line[at] = at < released ? signs.withheld() : flight;
        }
        line[from] = from == to ? signs.point() : signs.begin();
        if (from < to) {
            line[to] = bar.open() ? signs.open() : signs.end();
        }
    }

    private String legend() {
        List<Lanes.Bar> bars = lanes.bars();
        StringBuilder legend = new StringBuilder();
        Map<String, Boolean> used = new LinkedHashMap<>();
        used.put(signs.witness() + " witness, by number", true);
        used.put(signs.flight() + " other request", bars.stream().anyMatch(bar -> !bar.witness()));
        used.put(
                signs.withheld() + " its end withheld",
                bars.stream()
                        .anyMatch(bar ->
                                bar.operation().releasedNs() > bar.operation().startNs()));
        used.put(
                signs.unknown() + " outcome unknown",
                bars.stream().anyMatch(bar -> bar.operation().unknown()));
        used.put(signs.open() + " never answered", bars.stream().anyMatch(Lanes.Bar::open));
        used.put(signs.idle() + " time left out", !lanes.scale().idle().isEmpty());
        used.forEach((part, here) -> {
            if (here) {
                legend.append(legend.length() == 0 ? "" : "   ").append(part);
            }
        });
        return legend.toString();
    }

    /** A time in milliseconds, as all times of a page are, so that two of them can be compared at a glance. */
    public static String duration(long ns) {
        if (ns == 0) {
            return "0";
        }
        return String.format(Locale.ROOT, "%,.3f", ns / 1e6).replaceAll("\\.?0+$", "") + " ms";
    }
}
