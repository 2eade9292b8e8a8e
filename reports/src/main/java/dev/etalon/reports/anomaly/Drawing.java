package dev.etalon.reports.anomaly;

import dev.etalon.core.check.LaneText;
import dev.etalon.core.check.Lanes;
import dev.etalon.core.check.OperationText;
import dev.etalon.core.check.TimeScale;
import dev.etalon.core.model.Operation;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lanes as shapes, for a template to write down. Across, places are shares of the width in per cent, so that a picture is
 * zoomed by making it wider and nothing but time is stretched; downwards they are pixels.
 *
 * @param height of the picture, in pixels
 * @param rows the lanes
 * @param arrows from writes to requests that depend on them; those of the witness last, over the others
 * @param ticks marks on the axis of time
 * @param gaps stretches of time that are cut short
 */
public record Drawing(int height, List<Row> rows, List<Arrow> arrows, List<Tick> ticks, List<Gap> gaps) {
    /** Width that labels are laid out for, in pixels; the picture is never narrower. */
    public static final int WIDTH = 1040;

    private static final double LEFT = 1.5;
    private static final double ACROSS = 97;
    private static final int AXIS = 34;
    private static final int BAR = 20;
    private static final int SMALL_BAR = 10;
    private static final int PAD = 7;
    private static final int LABEL = 34;
    private static final int LABEL_INDENT = 24;
    private static final double CHARACTER = 6.7;
    private static final int TICKS = 9;
    private static final double TICK_MIN = 7;

    /** Requests beyond which arrows between all of them hide the witness. */
    private static final int ALL_ARROWS_MAX = 24;

    /** Room that a status takes, in per cent. */
    private static final double STATUS = 4;

    /**
     * A lane.
     *
     * @param name of the client
     * @param witness whether any of its requests is part of the proof
     * @param top where it begins
     * @param height how high it is
     * @param bars its requests
     */
    public record Row(String name, boolean witness, int top, int height, List<Shape> bars) {
        /** The middle of its bars. */
        public int middle() {
            return top + PAD + (witness ? BAR : SMALL_BAR) / 2;
        }
    }

    /**
     * A request.
     *
     * @param id of the operation
     * @param mark its place in the witness, 0 for none
     * @param tone {@code ok}, {@code bad}, {@code off} or {@code unk}
     * @param read whether it only looked
     * @param open whether it was never answered
     * @param x where it was sent
     * @param released where its withheld end was let go
     * @param end where its answer was in
     * @param y the top of its bar
     * @param height of its bar
     * @param title everything about it in a sentence, for those who point at it or hear it
     * @param first first line of its label; beside the bar, its status, when it is no part of the witness; empty for none
     * @param second second line
     * @param shift how far its label is moved to the left, in pixels
     * @param labelY the top of its label
     */
    public record Shape(
            long id,
            int mark,
            String tone,
            boolean read,
            boolean open,
            double x,
            double released,
            double end,
            int y,
            int height,
            String title,
            String first,
            String second,
            int shift,
            int labelY) {
        /** Whether the end of the request was withheld. */
        public boolean withheld() {
            return released > x;
        }
    }

    /** An arrow; {@code shows} when it ends at a read that showed the version, else at a request that used its tag. */
    public record Arrow(double x1, int y1, double x2, int y2, boolean witness, boolean shows) {}

    /** A mark on the axis. */
    public record Tick(double x, String label) {}

    /** A stretch that is cut short. */
    public record Gap(double x, double width, String label) {}

    /** A number as SVG and CSS write it, whatever the machine's language. */
    public static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    static Drawing of(Lanes lanes) {
        List<Row> rows = new ArrayList<>();
        Map<Lanes.Bar, Shape> shapes = new HashMap<>();
        int top = AXIS;
        for (Lanes.Lane lane : lanes.lanes()) {
            Row row = row(lane, lanes.scale(), top, shapes);
            rows.add(row);
            top += row.height();
        }
        return new Drawing(top + PAD, rows, arrows(lanes, shapes), ticks(lanes.scale()), gaps(lanes.scale()));
    }

    private static double x(TimeScale scale, long ns) {
        return place(scale.at(ns));
    }

    private static double place(double share) {
        return LEFT + ACROSS * share;
    }

    private static Row row(Lanes.Lane lane, TimeScale scale, int top, Map<Lanes.Bar, Shape> shapes) {
        boolean witness = lane.witness();
        int height = witness ? BAR : SMALL_BAR;
        List<Double> used = new ArrayList<>();
        List<Shape> bars = new ArrayList<>();
        double after = 100;
        for (int i = lane.bars().size() - 1; i >= 0; i--) {
            Lanes.Bar bar = lane.bars().get(i);
            Operation op = bar.operation();
            double x = x(scale, op.startNs());
            double end = bar.open() ? 100 : x(scale, op.endNs());
            boolean room = after - end > STATUS && op.status() > 0;
            after = x;
            String first = bar.witness() ? OperationText.request(op) : room ? String.valueOf(op.status()) : "";
            String second = bar.witness() ? outcome(bar) : "";
            double width = LABEL_INDENT + CHARACTER * Math.max(first.length(), second.length());
            double at = x * WIDTH / 100;
            int shift = (int) Math.ceil(Math.max(0, Math.min(at, at + width - WIDTH)));
            int level = bar.witness() ? level(used, at - shift, width) : 0;
            Shape shape = new Shape(
                    op.invocation().id(),
                    bar.mark(),
                    Rebuilt.tone(bar),
                    !op.write(),
                    bar.open(),
                    x,
                    x(scale, op.releasedNs()),
                    end,
                    top + PAD,
                    height,
                    title(bar, lane.name(), scale),
                    first,
                    second,
                    shift,
                    top + PAD + height + 3 + level * LABEL);
            bars.add(0, shape);
            shapes.put(bar, shape);
        }
        return new Row(lane.name(), witness, top, height + 2 * PAD + used.size() * LABEL, bars);
    }

    /**
     * The first line of labels below a lane with room for another one.
     *
     * @param used where the labels of each line begin; labels come from right to left
     */
    private static int level(List<Double> used, double from, double width) {
        int level = 0;
        while (level < used.size() && used.get(level) < from + width) {
            level++;
        }
        if (level == used.size()) {
            used.add(from);
        }
        used.set(level, from);
        return level;
    }

    private static String outcome(Lanes.Bar bar) {
        Operation op = bar.operation();
        String said = OperationText.said(op);
        String wrong = bar.wrong() ? "✗ " : "";
        if (!op.write() && !said.isEmpty()) {
            return wrong + op.status() + ", " + said;
        }
        return wrong
                + (bar.lost() ? "LOST although accepted" : Rebuilt.verdict(bar))
                + (op.status() == 0 ? "" : " (" + op.status() + ")")
                + (op.write() && !op.removes() ? ", " + op.version() : "");
    }

    private static String title(Lanes.Bar bar, String client, TimeScale scale) {
        Operation op = bar.operation();
        String said = OperationText.said(op);
        return (bar.witness() ? "Witness " + bar.mark() + ": " : "")
                + client + " " + OperationText.request(op) + ", " + Rebuilt.verdict(bar) + ": "
                + OperationText.answer(op) + (said.isEmpty() ? "" : ", " + said) + "; from "
                + LaneText.duration(op.startNs() - scale.fromNs())
                + (bar.open() ? ", never answered" : " to " + LaneText.duration(op.endNs() - scale.fromNs()));
    }

    private static List<Arrow> arrows(Lanes lanes, Map<Lanes.Bar, Shape> shapes) {
        Set<Lanes.Bar> sources = lanes.links().stream()
                .filter(Lanes.Link::witness)
                .map(Lanes.Link::from)
                .collect(Collectors.toSet());
        boolean few = lanes.bars().size() <= ALL_ARROWS_MAX;
        List<Arrow> arrows = new ArrayList<>();
        for (boolean witness : new boolean[] {false, true}) {
            for (Lanes.Link link : lanes.links()) {
                Shape from = shapes.get(link.from());
                Shape to = shapes.get(link.to());
                boolean wanted = few || (sources.contains(link.from()) && link.kind() == Lanes.Kind.USED);
                if (link.witness() == witness && (witness || wanted) && from != null && to != null) {
                    // What a write brought about before it was answered was brought about while it was in flight.
                    double made = from.open() ? from.released() : from.end();
                    arrows.add(new Arrow(
                            Math.max(from.x(), Math.min(made, to.x())),
                            from.y() + from.height() / 2,
                            to.x(),
                            to.y() + to.height() / 2,
                            witness,
                            link.kind() == Lanes.Kind.SHOWED));
                }
            }
        }
        return arrows;
    }

    private static List<Tick> ticks(TimeScale scale) {
        List<Tick> ticks = new ArrayList<>();
        for (long tick : scale.ticks(TICKS)) {
            double x = x(scale, tick);
            if (ticks.isEmpty() || x - ticks.get(ticks.size() - 1).x() >= TICK_MIN) {
                ticks.add(new Tick(x, LaneText.duration(tick - scale.fromNs())));
            }
        }
        return ticks;
    }

    /** To three digits that count. */
    private static long rounded(long ns) {
        return BigDecimal.valueOf(ns).round(new MathContext(3)).longValue();
    }

    private static List<Gap> gaps(TimeScale scale) {
        return scale.idle().stream()
                .map(piece -> new Gap(
                        place(piece.from()),
                        ACROSS * (piece.to() - piece.from()),
                        LaneText.duration(rounded(piece.ns()))))
                .toList();
    }
}
