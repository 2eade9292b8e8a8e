package dev.etalon.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The deciders and the judge against brute force, on random small histories, true ones and false ones: of the register
 * alone ({@link RandomHistories}), where each decider is compared, and of everything that can be recorded ({@link
 * RandomRecordings}), where the judge of a key is.
 *
 * <p>How many are {@code etalon.histories} and {@code etalon.recordings}, all profiles and dimensions together; the Maven
 * profile {@code crosscheck} sets ten million each. Others come with another {@code etalon.seed}.
 */
class DecidersAgreeTest {
    private static final int HISTORIES = Integer.getInteger("etalon.histories", 50_000);
    private static final int RECORDINGS = Integer.getInteger("etalon.recordings", 30_000);
    private static final long SEED = Long.getLong("etalon.seed", 0);

    /** Of how many histories one is also put to the judge of a key as a whole, which costs several times a decision. */
    private static final int JUDGED = HISTORIES > 1_000_000 ? 5 : 1;

    /** Below this share of violations the agreement would prove little. */
    private static final double VIOLATIONS_MIN = 0.1;

    /** Damage and clocks hide much. */
    private static final double ACCUSED_MIN = 0.03;

    private static final int EXAMPLES_MAX = Integer.getInteger("etalon.examples", 3);

    /** What was compared so far. */
    private static final class Tally {
        private long histories;
        private long violations;
        private long chains;
        private long lives;
        private long zones;
        private long searched;
        private long undone;
        private long disagreements;
        private long accused;
        private final List<String> examples = new ArrayList<>();

        private void add(Tally other) {
            histories += other.histories;
            violations += other.violations;
            chains += other.chains;
            lives += other.lives;
            zones += other.zones;
            searched += other.searched;
            undone += other.undone;
            disagreements += other.disagreements;
            accused += other.accused;
            examples.addAll(other.examples);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withBruteForce(Profile profile) throws Exception {
        long began = System.nanoTime();
        Tally tally = inParallel(HISTORIES / Profile.values().length, seeds -> compare(profile, seeds));
        System.out.printf(
                Locale.ROOT,
                "%-9s histories %8d  violations %7d (%4.1f %%)  by the chain too %7d  shown by lives %7d"
                        + "  by zones %7d  by search alone %5d  lies taken back %7d"
                        + "  disagreements %d  seconds %.1f%n",
                profile,
                tally.histories,
                tally.violations,
                100.0 * tally.violations / tally.histories,
                tally.chains,
                tally.lives,
                tally.zones,
                tally.searched,
                tally.undone,
                tally.disagreements,
                (System.nanoTime() - began) / 1e9);
        assertThat(tally.examples).isEmpty();
        assertThat(tally.violations).isGreaterThanOrEqualTo((long) (VIOLATIONS_MIN * tally.histories));
    }

    /** Every dimension of a recording that random histories of the register do not have. */
    @ParameterizedTest
    @EnumSource
    void onRecordingsOfEveryKind(RandomRecordings.Dimension dimension) throws Exception {
        long began = System.nanoTime();
        Tally all = new Tally();
        for (Profile profile : Profile.values()) {
            int histories = RECORDINGS / Profile.values().length / RandomRecordings.Dimension.values().length;
            all.add(inParallel(histories, seeds -> compare(profile, dimension, seeds)));
        }
        System.out.printf(
                Locale.ROOT,
                "%-9s recordings %8d  accused %7d (%4.1f %%)  disagreements %d  seconds %.1f%n",
                dimension,
                all.histories,
                all.accused,
                100.0 * all.accused / all.histories,
                all.disagreements,
                (System.nanoTime() - began) / 1e9);
        assertThat(all.examples).isEmpty();
        assertThat(all.accused).isGreaterThanOrEqualTo((long) (ACCUSED_MIN * all.histories));
    }

    private static Tally compare(Profile profile, RandomRecordings.Dimension dimension, IntStream seeds) {
        Tally tally = new Tally();
        RandomRecordings recordings = new RandomRecordings(profile, dimension);
        seeds.forEach(number -> {
            long seed = seed(profile, number) + ((long) (1 + dimension.ordinal()) << 34);
            recordings.live(seed).lie();
            String difference;
            try {
                difference = RecordingComparison.difference(dimension, recordings, () -> tally.accused++);
            } catch (RuntimeException | StackOverflowError e) {
                difference = e + " at " + List.of(e.getStackTrace());
            }
            tally.histories++;
            if (difference != null) {
                tally.disagreements++;
                if (tally.examples.size() < EXAMPLES_MAX) {
                    tally.examples.add(dimension + " " + profile + ", seed " + seed + ": " + difference + "\n"
                            + recordings.operations().stream()
                                    .map(WitnessAlone::brief)
                                    .collect(Collectors.joining("\n"))
                            + "\n");
                }
            }
        });
        return tally;
    }

    private static Tally inParallel(int histories, Function<IntStream, Tally> work) throws Exception {
        Tally all = new Tally();
        InParallel.run(histories, work).forEach(all::add);
        return all;
    }

    private static long seed(Profile profile, int number) {
        return (SEED << 40) + ((long) profile.ordinal() << 32) + number;
    }

    private static Tally compare(Profile profile, IntStream seeds) {
        Tally tally = new Tally();
        RandomHistories histories = new RandomHistories(profile, RandomHistories.Size.SMALL);
        seeds.forEach(number -> {
            long seed = seed(profile, number);
            histories.live(seed);
            boolean provenance = profile != Profile.LOOSE || number % 2 == 0;
            tally.undone += histories.lie(provenance);
            String difference;
            List<Operation> operations = histories.operations();
            try {
                difference = difference(operations, provenance, tally);
            } catch (RuntimeException e) {
                difference = e + " at " + List.of(e.getStackTrace());
            }
            if (difference != null) {
                tally.disagreements++;
                if (tally.examples.size() < EXAMPLES_MAX) {
                    tally.examples.add(example(profile, seed, difference, histories, operations));
                }
            }
        });
        return tally;
    }

    private static String example(
            Profile profile, long seed, String difference, RandomHistories histories, List<Operation> operations) {
        return profile + ", seed " + seed + ": " + difference + "\n" + histories.table()
                + operations.stream().map(Operation::toString).collect(Collectors.joining("\n")) + "\n";
    }

    /** Where a decider and brute force differ; null where they agree. */
    private static @Nullable String difference(List<Operation> operations, boolean provenance, Tally tally) {
        Trace trace = Trace.of(operations);
        // What no state allows has no place in an order. Nor does the judge look for one.
        boolean linearizable = BruteForce.linearizable(operations.stream()
                .filter(op -> !LiteralRegister.refusedWithoutACondition(op))
                .toList());
        tally.histories++;
        tally.violations += linearizable ? 0 : 1;
        String difference = search(trace, linearizable);
        if (difference == null) {
            difference = zones(trace, provenance, linearizable, tally);
        }
        boolean judged = tally.histories % JUDGED == 0;
        if (difference == null && provenance) {
            Lineage lineage = Lineage.of(trace);
            difference = chain(trace, lineage, linearizable, tally);
            if (difference == null && judged) {
                difference = judged(trace, lineage, linearizable, tally);
            }
        } else if (difference == null && judged) {
            difference = notJudged(trace, linearizable);
        }
        return difference;
    }

    private static @Nullable String search(Trace trace, boolean linearizable) {
        Search.Answer searched = Search.decide(trace, Search.BRANCHES_MAX);
        Search.Answer expected = linearizable ? Search.Answer.LINEARIZABLE : Search.Answer.VIOLATION;
        return searched == expected ? null : "Search says " + searched + ", brute force says " + expected;
    }

    private static @Nullable String zones(Trace trace, boolean provenance, boolean linearizable, Tally tally) {
        Contradiction contradiction = Zones.contradiction(trace, provenance);
        tally.zones += contradiction == null ? 0 : 1;
        return contradiction == null || !linearizable
                ? null
                : "Zones say " + contradiction + ", brute force says linearizable";
    }

    private static @Nullable String chain(Trace trace, Lineage lineage, boolean linearizable, Tally tally) {
        if (Profile.of(trace) != Profile.STRICT) {
            return null;
        }
        tally.chains++;
        Watermark.Violation contradiction = Chain.decide(trace, lineage);
        return (contradiction == null) == linearizable
                ? null
                : "Chain says " + contradiction + ", brute force says linearizable=" + linearizable;
    }

    /** Where what is found in spite of a broken precondition differs from brute force. */
    private static @Nullable String notJudged(Trace trace, boolean linearizable) {
        KeyCheck.Said said = KeyCheck.check(1, trace.operations(), History.Clocks.ONE, Search.BRANCHES_MAX);
        String broken = said.broken();
        boolean accused = said.findings().stream()
                .anyMatch(finding -> finding.anomaly().forbidden()
                        && (finding.witness().size() > 1
                                || !LiteralRegister.refusedWithoutACondition(
                                        finding.witness().get(0))));
        if (broken == null) {
            // Every validator came at the latest in the tick of its use. Brute force has no notion of that.
            return null;
        }
        Profile profile = Profile.of(trace);
        boolean searched = (profile == Profile.LOOSE || profile == Profile.MIXED) && !broken.contains("own parent");
        return accused != linearizable || (!accused && !searched)
                ? null
                : "the judge says " + said + ", brute force says linearizable=" + linearizable;
    }

    /** Where the short contradictions, or the judge of a key as a whole, differ from brute force. */
    private static @Nullable String judged(Trace trace, Lineage lineage, boolean linearizable, Tally tally) {
        KeyCheck.Said said = KeyCheck.check(1, trace.operations(), History.Clocks.ONE, Search.BRANCHES_MAX);
        List<Anomaly> forbidden = said.findings().stream()
                .map(Finding::anomaly)
                .filter(Anomaly::forbidden)
                .toList();
        // No order is at fault where a request without a condition was refused.
        boolean right =
                linearizable && trace.operations().stream().noneMatch(LiteralRegister::refusedWithoutACondition);
        if (said.broken() != null || said.undecided() || forbidden.isEmpty() != right) {
            return "the judge says " + said + ", brute force says linearizable=" + linearizable;
        }
        boolean ordered =
                Structure.findings(1, trace, lineage, Profile.of(trace)).isEmpty();
        if (ordered && Profile.of(trace) != Profile.LOOSE) {
            Contradiction contradiction = Lives.contradiction(trace, lineage);
            tally.lives += contradiction == null ? 0 : 1;
            if (contradiction != null && linearizable) {
                return "Lives say " + contradiction + ", brute force says linearizable";
            }
        }
        tally.searched += forbidden.contains(Anomaly.INEXPLICABLE) ? 1 : 0;
        return null;
    }
}
