package dev.etalon.core.conformance;

import dev.etalon.core.conformance.Repetition.Unripe;
import dev.etalon.core.rule.Example;
import dev.etalon.core.rule.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Asks a server whose validators need time: those that tell versions apart by the second, and those that are weak while what
 * they stand for is new (RFC 9110 §8.8.1). Many repetitions take each step and grow older together, so that they cost as much
 * time as one. Remembers what no age mends. Not thread-safe.
 */
final class Ageing {
    /** A second is what such validators are made of. */
    private static final Duration A_SECOND = Duration.ofMillis(1_100);

    /** For a server that wants more than that, or whose clock ticks otherwise than ours. */
    private static final Duration LONGER = Duration.ofSeconds(2);

    private final Set<Unripe.Cause> hopeless = EnumSet.noneOf(Unripe.Cause.class);

    /** Lets time pass: not a guess at when something else is done, but what is asked about. False when interrupted. */
    static boolean rest(Duration pause) {
        long until = System.nanoTime() + pause.toNanos();
        for (long left = pause.toNanos(); left > 0; left = until - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(left);
        }
        return true;
    }

    /** Whether it is known that waiting is of no use. */
    boolean hopeless(Unripe unripe) {
        return hopeless.contains(unripe.cause());
    }

    /**
     * Runs an example with some repetitions that wait for each other.
     *
     * @param cause what time is needed for: to be strong, or to be told from what follows
     * @param repetitions none of which has begun
     * @param stop asked before every request
     * @param results takes what each came to; fewer than there are repetitions when the run is stopped
     */
    void together(
            Example example,
            Unripe.Cause cause,
            List<Repetition> repetitions,
            BooleanSupplier stop,
            Consumer<Repetition.Result> results) {
        List<Step> steps = example.given();
        for (int i = 0; i < steps.size(); i++) {
            for (Repetition repetition : repetitions) {
                if (stop.getAsBoolean()) {
                    return;
                }
                repetition.bring(steps.get(i));
            }
            boolean last = i == steps.size() - 1;
            if (!reads(steps.get(i)) && (cause == Unripe.Cause.WEAK || !last)) {
                rest(A_SECOND);
            }
        }
        List<Repetition> unripe = new ArrayList<>();
        for (Repetition repetition : repetitions) {
            if (stop.getAsBoolean()) {
                return;
            }
            Repetition.Result result = repetition.ask(example);
            if (result instanceof Unripe) {
                unripe.add(repetition);
            } else {
                results.accept(result);
            }
        }
        if (!unripe.isEmpty()) {
            rest(LONGER);
            again(example, unripe, unripe.size() == repetitions.size(), stop, results);
        }
    }

    private static boolean reads(Step step) {
        return step.send().method().equals("GET") || step.send().method().equals("HEAD");
    }

    private void again(
            Example example,
            List<Repetition> repetitions,
            boolean all,
            BooleanSupplier stop,
            Consumer<Repetition.Result> results) {
        Set<Unripe.Cause> still = EnumSet.noneOf(Unripe.Cause.class);
        int ripe = 0;
        for (Repetition repetition : repetitions) {
            if (stop.getAsBoolean()) {
                return;
            }
            Repetition.Result result = repetition.ask(example);
            if (result instanceof Unripe unripe) {
                still.add(unripe.cause());
                results.accept(new Repetition.Lacking(unripe.sentence()));
            } else {
                ripe++;
                results.accept(result);
            }
        }
        if (all && ripe == 0) {
            hopeless.addAll(still);
        }
    }
}
