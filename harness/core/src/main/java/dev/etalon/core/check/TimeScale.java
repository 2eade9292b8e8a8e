package dev.etalon.core.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where instants lie in a picture, 0 at its left edge and 1 at its right one. Even, except that long stretches in which
 * nothing was in flight are cut short: a witness may lie minutes apart, and what matters is who overlapped whom.
 *
 * @param pieces the stretches, in order and without holes
 */
public record TimeScale(List<Piece> pieces) {
    /** Width of an idle stretch that is cut short, while there are few. */
    private static final double IDLE = 0.05;

    /** Idle stretches shorter than this, as a share of all busy time, are shown as they are. */
    private static final double WORTH_CUTTING = 0.25;

    /** Most that all idle stretches together may take. */
    private static final double IDLE_ALL = 0.3;

    /** Left free beyond the last instant, for bars that do not end. */
    private static final double AFTER = 0.04;

    public TimeScale {
        pieces = List.copyOf(pieces);
    }

    /**
     * An even stretch.
     *
     * @param fromNs its beginning, in nanoseconds of the history's clock
     * @param toNs its end
     * @param from where it begins in the picture, 0..1
     * @param to where it ends in the picture
     * @param idle whether nothing was in flight and it is shown shorter than it was
     */
    public record Piece(long fromNs, long toNs, double from, double to, boolean idle) {
        /** How long it took, in nanoseconds. */
        public long ns() {
            return toNs - fromNs;
        }

        private double at(long ns) {
            return from + (to - from) * ((double) (ns - fromNs) / Math.max(1, ns()));
        }
    }

    /** When something was in flight. */
    record Span(long fromNs, long toNs) {}

    /** The scale of a picture that shows these, at least one. */
    static TimeScale of(List<Span> spans) {
        List<Span> busy = new ArrayList<>();
        for (Span span :
                spans.stream().sorted(Comparator.comparingLong(Span::fromNs)).toList()) {
            Span last = busy.isEmpty() ? null : busy.get(busy.size() - 1);
            if (last != null && span.fromNs() <= last.toNs()) {
                busy.set(busy.size() - 1, new Span(last.fromNs(), Math.max(last.toNs(), span.toNs())));
            } else {
                busy.add(span);
            }
        }
        long busyNs =
                busy.stream().mapToLong(span -> span.toNs() - span.fromNs()).sum();
        List<Span> runs = new ArrayList<>();
        for (Span span : busy) {
            Span last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
            if (last != null && span.fromNs() - last.toNs() < WORTH_CUTTING * busyNs) {
                runs.set(runs.size() - 1, new Span(last.fromNs(), span.toNs()));
            } else {
                runs.add(span);
            }
        }
        return between(runs);
    }

    private static TimeScale between(List<Span> runs) {
        double idle = runs.size() < 2 ? 0 : Math.min(IDLE, IDLE_ALL / (runs.size() - 1));
        double room = 1 - AFTER - idle * (runs.size() - 1);
        double allNs = runs.stream()
                .mapToLong(run -> Math.max(1, run.toNs() - run.fromNs()))
                .sum();
        List<Piece> pieces = new ArrayList<>();
        double at = 0;
        for (Span run : runs) {
            if (!pieces.isEmpty()) {
                pieces.add(new Piece(pieces.get(pieces.size() - 1).toNs(), run.fromNs(), at, at + idle, true));
                at += idle;
            }
            double width = room * Math.max(1, run.toNs() - run.fromNs()) / allNs;
            pieces.add(new Piece(run.fromNs(), run.toNs(), at, at + width, false));
            at += width;
        }
        return new TimeScale(pieces);
    }

    /** Where an instant lies, 0..1; what lies outside of the picture is put at its edges. */
    public double at(long ns) {
        for (Piece piece : pieces) {
            if (ns <= piece.toNs()) {
                return Math.max(0, piece.at(ns));
            }
        }
        return 1 - AFTER;
    }

    /** The first instant, in nanoseconds of the history's clock. */
    public long fromNs() {
        return pieces.get(0).fromNs();
    }

    /** The last instant with something to show. */
    public long toNs() {
        return pieces.get(pieces.size() - 1).toNs();
    }

    /** The stretches that are cut short. */
    public List<Piece> idle() {
        return pieces.stream().filter(Piece::idle).toList();
    }

    /**
     * Instants worth a mark: round numbers of nanoseconds since the first one, in no stretch that is cut short.
     *
     * @param wanted about how many
     */
    public List<Long> ticks(int wanted) {
        long busyNs = pieces.stream()
                .filter(piece -> !piece.idle())
                .mapToLong(Piece::ns)
                .sum();
        long step = round(Math.max(1, busyNs / Math.max(1, wanted)));
        List<Long> ticks = new ArrayList<>();
        for (Piece piece : pieces) {
            if (!piece.idle()) {
                long first = Math.floorDiv(piece.fromNs() - fromNs() + step - 1, step) * step;
                for (long tick = first; tick <= piece.toNs() - fromNs(); tick += step) {
                    ticks.add(fromNs() + tick);
                }
            }
        }
        return ticks;
    }

    /** The next of 1, 2, 5, 10, 20 … that is not smaller. */
    private static long round(long least) {
        long power = 1;
        while (power * 10 <= least && power < Long.MAX_VALUE / 100) {
            power *= 10;
        }
        for (int factor : new int[] {1, 2, 5}) {
            if (power * factor >= least) {
                return power * factor;
            }
        }
        return power * 10;
    }
}
