package dev.etalon.core.check;

import dev.etalon.core.model.Grade;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Shape;
import dev.etalon.core.plan.Intent;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of outcomes, after jcstress: which shapes the raced rounds had, how often, and how each is to be taken.
 *
 * <p>A shape says, for each kind of validator the racers held, how many of them won (0, 1 or 2+) and which other answers
 * were given, and what readers were shown; how many racers there were does not enter,
 * nor by which operation they wrote or deleted.
 */
final class Outcomes {
    private static final List<String> ORDER = Stream.of(
                    Intent.FRESH,
                    Intent.CREATE,
                    Intent.OVERWRITE,
                    Intent.STALE,
                    Intent.DELETE_FRESH,
                    Intent.REMOVE,
                    Intent.READ)
            .map(Intent::label)
            .toList();

    private final Plan plan;
    private final Map<String, Integer> counts = new TreeMap<>();
    private int rounds;

    Outcomes(Plan plan) {
        this.plan = plan;
    }

    /** Counts one raced round. */
    void add(List<Operation> racers) {
        if (plan.expectations().isEmpty()) {
            return;
        }
        rounds++;
        List<String> parts = new ArrayList<>();
        for (String label : ORDER) {
            List<Operation> group = racers.stream()
                    .filter(op -> intent(op).label().equals(label))
                    .toList();
            if (!group.isEmpty()) {
                parts.add(part(label, group));
            }
        }
        counts.merge(String.join("; ", parts), 1, Integer::sum);
    }

    private static String part(String label, List<Operation> group) {
        if (label.equals(Intent.READ.label())) {
            SortedSet<String> shown =
                    group.stream().map(Outcomes::shown).collect(Collectors.toCollection(TreeSet::new));
            return label + ": " + String.join(" ", shown);
        }
        long won = group.stream().filter(RoundShapes::won).count();
        SortedSet<String> others = new TreeSet<>();
        group.stream().filter(op -> !RoundShapes.won(op)).forEach(op -> others.add(status(op)));
        return label + ": " + (won > 1 ? "2+" : Long.toString(won)) + " won"
                + (others.isEmpty() ? "" : ", others " + String.join(" ", others));
    }

    private static String status(Operation op) {
        return op.status() == 0 ? "none" : Integer.toString(op.status());
    }

    private static String shown(Operation read) {
        Observation shown = read.observation();
        if (shown instanceof Observation.Seen) {
            return "whole";
        }
        if (shown instanceof Observation.Torn) {
            return "torn";
        }
        if (shown instanceof Observation.Absent) {
            return "absent";
        }
        // A success whose body was cut off shows no more than no answer.
        return read.method().found(read.status()) ? "none" : status(read);
    }

    /** What a racer was planned to do. */
    private Intent intent(Operation op) {
        int racer = op.actor() - 1;
        int round = op.round();
        if (plan.workload() instanceof Workload.Rounds planned
                && round < planned.rounds().size()
                && racer < planned.rounds().get(round).racers().size()) {
            return planned.rounds().get(round).racers().get(racer);
        }
        if (!op.write()) {
            return Intent.READ;
        }
        return switch (op.precondition().kind()) {
            case NONE -> op.removes() ? Intent.REMOVE : Intent.OVERWRITE;
            case IF_NONE_MATCH_ANY -> Intent.CREATE;
            case IF_MATCH, IF_NONE_MATCH -> op.removes() ? Intent.DELETE_FRESH : Intent.FRESH;
        };
    }

    /** The table, the most frequent outcome first. */
    List<Shape> shapes() {
        List<Shape> shapes = new ArrayList<>();
        counts.forEach((outcome, count) -> shapes.add(plan.expectations().stream()
                .filter(expectation -> Pattern.matches(expectation.outcome(), outcome))
                .findFirst()
                .map(expectation -> shape(outcome, count, expectation.grade(), expectation.description()))
                .orElseGet(() ->
                        shape(outcome, count, Grade.UNKNOWN, "nobody wrote down what to think of this outcome"))));
        shapes.sort(Comparator.comparingInt(Shape::count).reversed());
        return shapes;
    }

    private Shape shape(String outcome, int count, Grade grade, String description) {
        return new Shape(outcome, count, (double) count / rounds, grade, description);
    }
}
