package dev.etalon.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Completion;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the judge says does not depend on what means nothing: how requests, clients and versions are numbered, when the
 * clock began to count, and in which order requests are listed that began in the same tick.
 *
 * <p>The names of the anomalies stay the same, and so does whether a key was judged. So do the witnesses, except where
 * the order of ties changes: of proofs that differ in nothing but their place in the list another may be told then, and
 * how often is printed. Each random recording is changed in one of the ways, one after the
 * other; how many is {@code etalon.metamorphic}, of which the Maven profile {@code crosscheck} sets a million. Others
 * come with another {@code etalon.seed}.
 */
class MetamorphicTest {
    private static final int RUNS = Integer.getInteger("etalon.metamorphic", 6_000);
    private static final long SEED = Long.getLong("etalon.seed", 0);
    private static final int EXAMPLES_MAX = Integer.getInteger("etalon.examples", 3);

    /** What is changed. */
    private enum Change {
        NUMBERS,
        TIMES,
        TIES,
        ALL
    }

    /** What was said before and after. */
    private static final class Tally {
        private long runs;
        private long accused;
        private long otherWitness;
        private long otherName;
        private final Map<String, Integer> otherNames = new TreeMap<>();
        private final List<String> examples = new ArrayList<>();

        private void add(Tally other) {
            runs += other.runs;
            accused += other.accused;
            otherWitness += other.otherWitness;
            otherName += other.otherName;
            other.otherNames.forEach((names, count) -> otherNames.merge(names, count, Integer::sum));
            examples.addAll(other.examples);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatMeansNothingChangesNothing(Profile profile) throws Exception {
        long began = System.nanoTime();
        Map<Change, Tally> tallies = new TreeMap<>();
        for (Change change : Change.values()) {
            Tally tally = new Tally();
            int runs = RUNS / Profile.values().length / Change.values().length;
            InParallel.run(runs, seeds -> compare(profile, change, seeds)).forEach(tally::add);
            tallies.put(change, tally);
        }
        tallies.forEach((change, tally) -> System.out.printf(
                Locale.ROOT,
                "%-9s %-7s runs %7d  accused %6d  another witness %5d  another name %4d %s%n",
                profile,
                change,
                tally.runs,
                tally.accused,
                tally.otherWitness,
                tally.otherName,
                tally.otherNames));
        System.out.printf(Locale.ROOT, "%-9s seconds %.1f%n", profile, (System.nanoTime() - began) / 1e9);
        assertThat(tallies.get(Change.NUMBERS).otherWitness).isZero();
        assertThat(tallies.get(Change.TIMES).otherWitness).isZero();
        assertThat(tallies.values().stream().flatMap(tally -> tally.examples.stream()))
                .isEmpty();
    }

    private static Tally compare(Profile profile, Change change, IntStream seeds) {
        Tally tally = new Tally();
        RandomRecordings.Dimension[] dimensions = RandomRecordings.Dimension.values();
        RandomRecordings[] recordings = new RandomRecordings[dimensions.length];
        RandomHistories histories = new RandomHistories(profile, RandomHistories.Size.SMALL);
        seeds.forEach(number -> {
            long seed = (SEED << 40) + ((long) profile.ordinal() << 32) + ((long) change.ordinal() << 34) + number;
            History history;
            int which = number / 2 % (dimensions.length + 1);
            if (which == dimensions.length) {
                histories.live(seed).lie(number % 4 != 0);
                history = new History(Story.ORIGIN, histories.operations(), List.of());
            } else {
                if (recordings[which] == null) {
                    recordings[which] = new RandomRecordings(profile, dimensions[which]);
                }
                history = recordings[which].live(seed).lie().recording();
            }
            compare(history, change, seed, tally);
        });
        return tally;
    }

    private static void compare(History history, Change change, long seed, Tally tally) {
        Changed changed = new Changed(history, change, new Random(seed));
        KeyCheck.Said before = judge(history);
        KeyCheck.Said after = judge(changed.history());
        tally.runs++;
        Set<Anomaly> names = names(before);
        tally.accused += names.isEmpty() ? 0 : 1;
        boolean same = names.equals(names(after))
                && (before.broken() == null) == (after.broken() == null)
                && before.undecided() == after.undecided()
                && before.notJudged().equals(after.notJudged());
        if (!same) {
            tally.otherName++;
            tally.otherNames.merge(names + " " + names(after), 1, Integer::sum);
            if (tally.examples.size() < EXAMPLES_MAX) {
                tally.examples.add(change + ", seed " + seed + ": before " + brief(before) + "\nafter " + brief(after)
                        + "\n" + history.clocks() + " " + history.damage() + "\n"
                        + lines(history) + "\nwhich became\n" + lines(changed.history()) + "\n");
            }
        } else if (!witnesses(before, Map.of()).equals(witnesses(after, changed.ids))) {
            tally.otherWitness++;
        }
    }

    private static KeyCheck.Said judge(History history) {
        int key = history.operations().isEmpty()
                ? 1
                : history.operations().get(0).invocation().key();
        return KeyCheck.check(key, history.operations(), KeyCheck.Recording.of(history), Search.BRANCHES_MAX);
    }

    private static Set<Anomaly> names(KeyCheck.Said said) {
        Set<Anomaly> names = EnumSet.noneOf(Anomaly.class);
        said.findings().forEach(finding -> names.add(finding.anomaly()));
        return names;
    }

    /** The requests of each witness, by the numbers they had before. */
    private static Set<Set<Long>> witnesses(KeyCheck.Said said, Map<Long, Long> before) {
        Set<Set<Long>> witnesses = new HashSet<>();
        for (Finding finding : said.findings()) {
            witnesses.add(finding.witness().stream()
                    .map(op -> op.invocation().id())
                    .map(id -> before.getOrDefault(id, id))
                    .collect(Collectors.toSet()));
        }
        return witnesses;
    }

    private static String brief(KeyCheck.Said said) {
        return said.findings().stream()
                        .map(finding -> finding.anomaly().code()
                                + finding.witness().stream()
                                        .map(op -> op.invocation().id())
                                        .toList()
                                + " " + finding.explanation())
                        .toList()
                + (said.broken() == null ? "" : " broken " + said.broken())
                + (said.undecided() ? " undecided" : "")
                + said.notJudged();
    }

    private static String lines(History history) {
        return history.operations().stream().map(WitnessAlone::brief).collect(Collectors.joining("\n"));
    }

    /** A history in which something that means nothing is different. */
    private static final class Changed {
        private static final long SHIFT = 1_000_003;
        private static final int KEY = 77;

        private final History history;
        private final Random random;
        private final boolean numbers;
        private final boolean times;
        private final boolean ties;

        /** By the number of a request now that which it had before. */
        private final Map<Long, Long> ids = new HashMap<>();

        private final Map<Long, Long> newIds = new HashMap<>();
        private final Map<Integer, Integer> actors = new HashMap<>();
        private final Map<Version, Version> versions = new HashMap<>();
        private final Set<Integer> sequences = new HashSet<>();

        Changed(History history, Change change, Random random) {
            this.history = history;
            this.random = random;
            numbers = change == Change.NUMBERS || change == Change.ALL;
            times = change == Change.TIMES || change == Change.ALL;
            ties = change == Change.TIES || change == Change.ALL;
            versions.put(Version.ABSENT, Version.ABSENT);
            versions.put(Version.FOREIGN, Version.FOREIGN);
            List<Long> shuffled = new ArrayList<>();
            history.operations()
                    .forEach(op -> shuffled.add(1_000 + 7 * op.invocation().id()));
            Collections.shuffle(shuffled, random);
            for (int i = 0; i < shuffled.size(); i++) {
                long id = history.operations().get(i).invocation().id();
                newIds.put(id, numbers ? shuffled.get(i) : id);
                ids.put(newIds.get(id), id);
            }
        }

        History history() {
            List<Operation> operations = new ArrayList<>(
                    history.operations().stream().map(this::changed).toList());
            if (ties) {
                shuffleTies(operations);
            }
            return new History(history.origin(), operations, history.damage(), history.clocks());
        }

        private void shuffleTies(List<Operation> operations) {
            int from = 0;
            for (int to = 1; to <= operations.size(); to++) {
                if (to == operations.size()
                        || operations.get(to).startNs() != operations.get(from).startNs()) {
                    Collections.shuffle(operations.subList(from, to), random);
                    from = to;
                }
            }
        }

        private long time(long ns) {
            return times ? ns + SHIFT : ns;
        }

        private int actor(int actor) {
            return numbers ? actors.computeIfAbsent(actor, each -> unused(actors.values())) : actor;
        }

        private int unused(Collection<Integer> taken) {
            int free = 1 + random.nextInt(1_000);
            while (taken.contains(free)) {
                free++;
            }
            return free;
        }

        private Version version(Version version) {
            return numbers
                    ? versions.computeIfAbsent(version, each -> new Version(actor(each.writer()), sequence()))
                    : version;
        }

        /** One that no version has yet. */
        private int sequence() {
            int free = 1 + random.nextInt(1_000_000);
            while (!sequences.add(free)) {
                free++;
            }
            return free;
        }

        private Operation changed(Operation op) {
            Invocation sent = op.invocation();
            Precondition condition = sent.precondition();
            long id = newIds.get(sent.id());
            Invocation invocation = new Invocation(
                    id,
                    actor(sent.actor()),
                    sent.round(),
                    numbers ? KEY : sent.key(),
                    sent.endpoint(),
                    sent.method(),
                    new Precondition(condition.kind(), condition.tag(), version(condition.version())),
                    sent.writes() == null ? null : version(sent.writes()),
                    sent.depth(),
                    sent.host(),
                    time(sent.atNs()));
            return new Operation(invocation, changed(op.completion(), id));
        }

        private @Nullable Completion changed(@Nullable Completion answer, long id) {
            return answer == null
                    ? null
                    : new Completion(
                            id,
                            answer.status(),
                            answer.outcome(),
                            answer.tag(),
                            changed(answer.observation()),
                            answer.releasedNs(),
                            time(answer.atNs()));
        }

        private Observation changed(Observation shown) {
            return shown instanceof Observation.Seen seen
                    ? new Observation.Seen(version(seen.version()), version(seen.parent()), seen.depth())
                    : shown;
        }
    }
}
