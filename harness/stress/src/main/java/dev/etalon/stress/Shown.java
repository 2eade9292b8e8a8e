package dev.etalon.stress;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jcstress.annotations.Expect;

/**
 * What one jcstress test showed, over all machines it was run in.
 *
 * @param test name of the class
 * @param outcomes every outcome that was seen; kept with the most frequent first
 * @param failures one sentence for each machine in which the test did not run to its end
 */
public record Shown(String test, List<Graded> outcomes, List<String> failures) {
    public Shown {
        outcomes = outcomes.stream()
                .sorted(Comparator.comparingLong(Graded::samples).reversed())
                .toList();
        failures = List.copyOf(failures);
    }

    /**
     * One outcome.
     *
     * @param outcome what the actors saw
     * @param samples how often
     * @param expect what the test says of it
     * @param description why
     */
    public record Graded(String outcome, long samples, Expect expect, String description) {
        private Graded plus(Graded other) {
            return new Graded(outcome, samples + other.samples, expect, description);
        }
    }

    /** What the test showed here and there together. */
    public Shown plus(Shown other) {
        Map<String, Graded> sums = new LinkedHashMap<>();
        Stream.concat(outcomes.stream(), other.outcomes.stream())
                .forEach(graded -> sums.merge(graded.outcome(), graded, Graded::plus));
        return new Shown(
                test,
                List.copyOf(sums.values()),
                Stream.concat(failures.stream(), other.failures.stream()).toList());
    }

    /** How often the actors met, 0 and up. */
    public long samples() {
        return outcomes.stream().mapToLong(Graded::samples).sum();
    }

    /** How often they showed what must not be, 0 and up. */
    public long forbidden() {
        return outcomes.stream()
                .filter(graded -> graded.expect() == Expect.FORBIDDEN)
                .mapToLong(Graded::samples)
                .sum();
    }

    /** One line for the test, one for each outcome, one for each failure. */
    public String text() {
        String lines = outcomes.stream()
                .map(graded -> String.format(
                        Locale.ROOT,
                        "%n  %,12d  %-22s %s: %s",
                        graded.samples(),
                        graded.expect().name(),
                        graded.outcome(),
                        graded.description()))
                .collect(Collectors.joining());
        String broken = failures.stream().map(failure -> "\n  " + failure).collect(Collectors.joining());
        return String.format(Locale.ROOT, "%s: %,d samples", test, samples()) + lines + broken;
    }
}
