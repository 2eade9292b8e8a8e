package dev.etalon.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Operation;
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
    private static final int HISTORIES = Integer.getInteger("etalon.witnesses", 20_000);
    private static final long SEED = Long.getLong("etalon.seed", 0);
    private static final int WITNESS_MAX = 4;
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
        counts.forEach((anomaly, count) ->
                System.out.printf(Locale.ROOT, "%-9s %-4s %s%n", profile, anomaly.code(), count));
        assertThat(examples).isEmpty();
    }

    private void ask(Profile profile, long seed, List<Operation> history) {
        for (Finding finding : judge(history).findings()) {
            if (!finding.anomaly().forbidden()) {
                continue;
            }
            count(finding.anomaly(), "findings");
            Map<Flaw, String> flaws = flaws(history, finding);
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

    private static Map<Flaw, String> flaws(List<Operation> history, Finding finding) {
        Map<Flaw, String> flaws = new TreeMap<>();
        List<Operation> witness = finding.witness();
        WitnessAlone.Rest rest = rest(finding.anomaly());
        if (witness.size() > WITNESS_MAX) {
            flaws.put(Flaw.LONG, Integer.toString(witness.size()));
        }
        if (WitnessAlone.explained(history, witness, rest)) {
            flaws.put(Flaw.NO_PROOF, "");
            return flaws;
        }
        for (Operation spare : witness) {
            List<Operation> others = witness.stream().filter(op -> op != spare).toList();
            if (!partOfTheTale(finding.anomaly(), spare) && !WitnessAlone.explained(history, others, rest)) {
                flaws.put(Flaw.NOT_MINIMAL, "without " + spare.invocation().id());
            }
        }
        String other = otherName(history, finding);
        if (other != null) {
            flaws.put(Flaw.OTHER_NAME, other);
        }
        return flaws;
    }

    private static WitnessAlone.Rest rest(Anomaly anomaly) {
        return switch (anomaly) {
            case PHANTOM_REFUSAL, ALL_REFUSED, REFUSAL_WITH_EFFECT -> WitnessAlone.Rest.HELD;
            default -> WitnessAlone.Rest.FORGOTTEN;
        };
    }

    /** Whether the definition of a name asks for such a request, be it needed for the proof or not. */
    private static boolean partOfTheTale(Anomaly anomaly, Operation op) {
        boolean read = !op.write();
        return switch (anomaly) {
            // What the writers had read, and who survived.
            case LOST_UPDATE, DUPLICATE_CREATE, STALE_SUCCESS -> read;
            // That the newer version had been read.
            case RESURRECTED_VALUE -> read;
            // The proof that the version was current; all who were refused.
            case PHANTOM_REFUSAL, ALL_REFUSED -> true;
            case REFUSAL_WITH_EFFECT -> op.refused();
            default -> false;
        };
    }

    /** What the judge says of the witness alone, where it is something else; null where it says the same. */
    private static @Nullable String otherName(List<Operation> history, Finding finding) {
        List<Operation> witness = finding.witness();
        boolean held = rest(finding.anomaly()) == WitnessAlone.Rest.HELD;
        boolean later = finding.anomaly() == Anomaly.ACKNOWLEDGED_BUT_LOST
                || finding.anomaly() == Anomaly.RESURRECTED_VALUE;
        long last = witness.get(witness.size() - 1).endNs();
        List<Operation> weaker = new ArrayList<>();
        for (Operation op : history) {
            if (witness.contains(op) || (later && op.startNs() > last)) {
                weaker.add(op);
            } else if (op.write()) {
                weaker.add(held ? op : new Operation(op.invocation(), null));
            }
        }
        KeyCheck.Said said = judge(weaker);
        if (said.broken() != null) {
            return null;
        }
        Anomaly name = said.findings().stream()
                .map(Finding::anomaly)
                .filter(Anomaly::forbidden)
                .findFirst()
                .orElse(null);
        return name == finding.anomaly() ? null : "the judge says " + said.findings();
    }
}
