package dev.etalon.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Precondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every witness is a proof by itself and bears the right name, on random small histories of every profile: no order
 * explains it, whatever became of all other requests.
 *
 * <p>Four questions are put to each finding.
 *
 * <ol>
 *   <li><em>Is it a proof?</em> All other answers are forgotten: reads are left out, and a write, answered or not, may
 *       have taken effect at any time from its start on, or never. Then brute force finds no order ({@link
 *       WitnessAlone}). A12, A13 and A19 say that no other write did it; for them what other writes were told is held
 *       fixed.
 *   <li><em>Is it short?</em> It has at most four requests.
 *   <li><em>Is it minimal?</em> Without any one of its requests there is an order, except for those that the definition
 *       of the name asks for: {@link #partOfTheTale}.
 *   <li><em>Does it bear the right name?</em> The judge gives the same name to the history in which all other answers
 *       are forgotten, or held fixed as above; for A5 and A6, which say what was not seen later, all later answers are
 *       kept. Not asked where this takes away the answer that had shown a tag before it was sent (P3).
 * </ol>
 *
 * <p>How many histories is {@code etalon.witnesses}; others come with another {@code etalon.seed}.
 */
class WitnessAloneTest {
    private static final int HISTORIES = Integer.getInteger("etalon.witnesses", 4_000);
    private static final long SEED = Long.getLong("etalon.seed", 0);
    private static final int WITNESS_MAX = 4;
    private static final int LONG_HISTORIES = Integer.getInteger("etalon.witnesses.long", 5);
    private static final int LONG_OPERATIONS = Integer.getInteger("etalon.witnesses.operations", 200);
    private static final int EXAMPLES_MAX = Integer.getInteger("etalon.examples", 3);

    /** What is wrong with a witness. */
    private enum Flaw {
        NO_PROOF,
        LONG,
        NOT_MINIMAL,
        OTHER_NAME
    }

    private final Map<Anomaly, Map<String, Integer>> counts = new TreeMap<>();
    private final List<String> examples = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void everyWitnessIsAProofAndBearsTheRightName(Profile profile) {
        RandomHistories histories = new RandomHistories(profile, RandomHistories.Size.SMALL);
        for (int number = 0; number < HISTORIES / Profile.values().length; number++) {
            long seed = (SEED << 40) + ((long) profile.ordinal() << 32) + number;
            histories.live(seed);
            histories.lie(true);
            ask(profile, seed, histories.operations());
        }
        counts.forEach(
                (anomaly, count) -> System.out.printf(Locale.ROOT, "%-9s %-4s %s%n", profile, anomaly.code(), count));
        assertThat(examples).isEmpty();
    }

    /** Where a few answers are not enough, the explanation says on what else it rests. */
    @ParameterizedTest
    @EnumSource
    void aWitnessIsShortHoweverLongTheHistory(Profile profile) {
        int operations = profile == Profile.STRICT ? 20_000 : LONG_OPERATIONS;
        RandomHistories histories =
                new RandomHistories(profile, new RandomHistories.Size(3, 4, operations, operations, false, 0));
        int found = 0;
        for (int seed = 0; seed < LONG_HISTORIES; seed++) {
            histories.live(seed);
            histories.lie(false);
            for (Finding finding : judge(histories.operations()).findings()) {
                found += finding.anomaly().forbidden() ? 1 : 0;
                assertThat(finding.witness()).as("%s", finding).hasSizeBetween(1, WITNESS_MAX);
            }
        }
        assertThat(found).isPositive();
    }

    private void ask(Profile profile, long seed, List<Operation> history) {
        List<Finding> findings = judge(history).findings();
        // A body that was read before its write had begun is a contradiction by itself.
        boolean phantom = findings.stream().anyMatch(finding -> finding.anomaly() == Anomaly.PHANTOM_VALUE);
        for (Finding finding : findings) {
            Operation only = finding.witness().get(0);
            boolean single = finding.witness().size() == 1 && only.refused() && only.unconditional();
            // No state allows a refusal of what has no condition, so order does not come into it.
            if (!finding.anomaly().forbidden() || single) {
                continue;
            }
            count(finding.anomaly(), "findings");
            if (finding.explanation().contains("rests on")) {
                count(finding.anomaly(), "resting on more");
            }
            Map<Flaw, String> flaws = flaws(history, finding, phantom);
            if (!flaws.isEmpty()) {
                count(finding.anomaly(), "flawed");
            }
            flaws.forEach((flaw, detail) -> {
                count(finding.anomaly(), flaw.toString());
                if (counts.get(finding.anomaly()).get(flaw.toString()) <= EXAMPLES_MAX) {
                    examples.add(profile + ", seed " + seed + ": " + flaw + " " + detail + "\n" + finding.anomaly()
                            + " " + finding.explanation() + "\n"
                            + finding.witness().stream()
                                    .map(op -> Long.toString(op.invocation().id()))
                                    .collect(Collectors.joining(", ", "witness ", "\n"))
                            + history.stream().map(WitnessAlone::brief).collect(Collectors.joining("\n")) + "\n");
                }
            });
        }
    }

    private void count(Anomaly anomaly, String what) {
        counts.computeIfAbsent(anomaly, a -> new TreeMap<>()).merge(what, 1, Integer::sum);
    }

    private static KeyCheck.Said judge(List<Operation> history) {
        return KeyCheck.check(1, history, History.Clocks.ONE, Search.BRANCHES_MAX);
    }

    private static Map<Flaw, String> flaws(List<Operation> history, Finding finding, boolean phantom) {
        Map<Flaw, String> flaws = new TreeMap<>();
        List<Operation> witness = finding.witness();
        WitnessAlone.Rest rest = rest(finding.anomaly());
        if (witness.size() > WITNESS_MAX) {
            flaws.put(Flaw.LONG, Integer.toString(witness.size()));
        }
        if (finding.explanation().contains("other writes")) {
            List<Operation> more = history.stream()
                    .filter(op -> witness.contains(op) || (op.write() && op.applied()))
                    .toList();
            if (WitnessAlone.explained(history, more, WitnessAlone.Rest.HELD)) {
                flaws.put(Flaw.NO_PROOF, "with what other writes were answered");
            }
            return flaws;
        }
        if (finding.explanation().contains("other requests were answered")) {
            List<Operation> answered =
                    history.stream().filter(op -> !op.unknown()).toList();
            if (WitnessAlone.explained(history, answered, WitnessAlone.Rest.FORGOTTEN)) {
                flaws.put(Flaw.NO_PROOF, "with what all requests were answered");
            }
            return flaws;
        }
        if (WitnessAlone.explained(history, witness, rest)) {
            flaws.put(Flaw.NO_PROOF, "");
            return flaws;
        }
        for (Operation spare : witness) {
            if (!phantom && !partOfTheTale(finding, spare) && !needed(history, finding, spare)) {
                flaws.put(Flaw.NOT_MINIMAL, "without " + spare.invocation().id());
            }
        }
        String other = otherName(history, finding);
        if (other != null) {
            flaws.put(Flaw.OTHER_NAME, other);
        }
        return flaws;
    }

    /** Whether the witness, or what of it is more than part of the tale, has an order without one of its requests. */
    private static boolean needed(List<Operation> history, Finding finding, Operation request) {
        WitnessAlone.Rest rest = rest(finding.anomaly());
        List<Operation> tale = finding.witness().stream()
                .filter(op -> partOfTheTale(finding, op))
                .toList();
        for (int untold = 0; untold < 1 << tale.size(); untold++) {
            List<Operation> told = new ArrayList<>(finding.witness());
            for (int i = 0; i < tale.size(); i++) {
                if ((untold & 1 << i) != 0) {
                    told.remove(tale.get(i));
                }
            }
            boolean proof = !WitnessAlone.explained(history, told, rest);
            told.remove(request);
            if (proof && WitnessAlone.explained(history, told, rest)) {
                return true;
            }
        }
        return false;
    }

    private static WitnessAlone.Rest rest(Anomaly anomaly) {
        return switch (anomaly) {
            case PHANTOM_REFUSAL, ALL_REFUSED, REFUSAL_WITH_EFFECT -> WitnessAlone.Rest.HELD;
            default -> WitnessAlone.Rest.FORGOTTEN;
        };
    }

    /** Whether the definition of a name asks for such a request, be it needed for the proof or not. */
    private static boolean partOfTheTale(Finding finding, Operation op) {
        boolean read = !op.write();
        boolean refusal = finding.witness().stream().anyMatch(other -> other.refused() && other.write());
        Precondition.Kind asked = op.invocation().precondition().kind();
        return switch (finding.anomaly()) {
            // The two successes, be they answered or only seen; what the writers had read, and who survived.
            case LOST_UPDATE -> read || op.unknown() || op.applied();
            // And that nothing was deleted in between.
            case DUPLICATE_CREATE ->
                read || op.unknown() || asked != Precondition.Kind.IF_MATCH || (op.removes() && op.refused());
            // A delete that others, which were refused, could not have made legal.
            case STALE_SUCCESS -> read || op.unknown() || op.removes();
            // The delete, where what is read had been replaced before it already.
            case DELETE_RESURRECTION -> op.removes() || op.unknown();
            // That the newer version had been read.
            case RESURRECTED_VALUE -> read;
            // Where a refusal says that the older version was gone, what explains the refusal.
            case STALE_READ, ACKNOWLEDGED_BUT_LOST -> refusal && !(op.refused() && op.write());
            // The write, which either refusal or clock rules out; the proof that the version was current, and all who
            // were refused; what was there, the refusal and the look.
            case PHANTOM_VALUE, REFUSED_BUT_APPLIED, PHANTOM_REFUSAL, ALL_REFUSED, REFUSAL_WITH_EFFECT -> true;
            default -> false;
        };
    }

    /** What the judge says of the witness alone, where it is something else; null where it says the same. */
    private static @Nullable String otherName(List<Operation> history, Finding finding) {
        List<Operation> witness = finding.witness();
        boolean held = rest(finding.anomaly()) == WitnessAlone.Rest.HELD;
        boolean later =
                finding.anomaly() == Anomaly.ACKNOWLEDGED_BUT_LOST || finding.anomaly() == Anomaly.RESURRECTED_VALUE;
        long last = witness.get(witness.size() - 1).endNs();
        List<Operation> weaker = new ArrayList<>();
        for (Operation op : history) {
            if (witness.contains(op) || (later && op.startNs() > last)) {
                weaker.add(op);
            } else if (op.write() && !op.foundNothing()) {
                weaker.add(held ? op : new Operation(op.invocation(), null));
            }
        }
        KeyCheck.Said said = judge(weaker);
        if (said.broken() != null) {
            return null;
        }
        boolean same = said.findings().stream().anyMatch(alone -> alone.anomaly() == finding.anomaly());
        return same
                ? null
                : said.findings().stream()
                        .map(alone -> alone.anomaly() + " "
                                + alone.witness().stream()
                                        .map(op -> op.invocation().id())
                                        .toList())
                        .collect(Collectors.joining(", ", "the judge says ", ""));
    }
}
