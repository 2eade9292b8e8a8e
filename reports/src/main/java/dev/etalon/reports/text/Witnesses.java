package dev.etalon.reports.text;

import dev.etalon.core.check.LaneText;
import dev.etalon.core.check.Lanes;
import dev.etalon.core.check.WitnessText;
import dev.etalon.core.model.Finding;
import dev.etalon.core.report.Archive;
import dev.etalon.core.report.StoredRace;
import dev.etalon.core.store.HistoryFormatException;
import dev.etalon.core.store.StoredRules;
import dev.etalon.reports.html.ExchangeText;
import dev.etalon.reports.html.Visible;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The proofs of what is wrong with a cell, as text: the first finding of each kind.
 *
 * @param first by the anomaly's code, in order of diagnosis; empty for a cell without anomalies
 * @param missing why there are none, in one sentence, although there should be
 */
public record Witnesses(Map<String, Witness> first, Optional<String> missing) {
    /** Longer ones say nothing more to a person; the run folder has everything. */
    private static final int CHARACTERS_MAX = 12_000;

    public Witnesses {
        first = Collections.unmodifiableMap(new LinkedHashMap<>(first));
    }

    /**
     * One finding.
     *
     * @param lines who sent what, what came back, and what follows
     * @param lanes the same drawn, a line for each client
     */
    public record Witness(String lines, String lanes) {}

    /** The witnesses of a cell. Only a run with anomalies is judged again. */
    public static Witnesses of(Archive.Cell cell) {
        Map<String, Witness> first = new LinkedHashMap<>();
        Optional<StoredRace> race = cell.race()
                .filter(run -> run.verdict()
                        .filter(verdict -> !verdict.anomalies().isEmpty())
                        .isPresent());
        if (race.isEmpty()) {
            return new Witnesses(first, Optional.empty());
        }
        try {
            StoredRace.Judged judged = race.get().judge();
            for (Finding finding : judged.verdict().findings()) {
                first.computeIfAbsent(finding.anomaly().code(), code -> witness(finding, judged));
            }
            return new Witnesses(first, Optional.empty());
        } catch (HistoryFormatException e) {
            return new Witnesses(Map.of(), Optional.of("no witness: " + Visible.of(String.valueOf(e.getMessage()))));
        } catch (RuntimeException e) {
            // A damaged file may decode into what no run could have recorded.
            return new Witnesses(
                    Map.of(),
                    Optional.of(
                            "no witness: the history cannot be judged any more (" + Visible.of(e.toString()) + ")"));
        }
    }

    private static Witness witness(Finding finding, StoredRace.Judged judged) {
        return new Witness(
                Visible.of(WitnessText.of(finding, judged.plan(), judged.history()), CHARACTERS_MAX),
                Visible.of(
                        LaneText.of(
                                Lanes.of(finding, judged.history()),
                                judged.history().origin()),
                        CHARACTERS_MAX));
    }

    /** The first repetition that was not as owed: what was sent, what came back, what is wrong with it. */
    public static Optional<String> of(StoredRules.Rule rule) {
        for (StoredRules.Example example : rule.examples()) {
            for (StoredRules.Witness witness : example.witnesses()) {
                if (!witness.faults().isEmpty()) {
                    return Optional.of(Visible.of(text(example, witness), CHARACTERS_MAX));
                }
            }
        }
        return Optional.empty();
    }

    private static String text(StoredRules.Example example, StoredRules.Witness witness) {
        StringBuilder text = new StringBuilder();
        example.given().forEach(line -> text.append("given  ").append(line).append('\n'));
        text.append("when   ")
                .append(example.when())
                .append("\nthen   ")
                .append(example.then())
                .append("\n\n");
        marked(text, "> ", ExchangeText.of(witness.exchange().sent()));
        marked(text, "< ", ExchangeText.of(witness.exchange().answer()));
        witness.faults().forEach(fault -> marked(text, "=> ", fault));
        return text.toString();
    }

    private static void marked(StringBuilder text, String mark, String lines) {
        lines.lines().forEach(line -> text.append(mark).append(line).append('\n'));
    }
}
