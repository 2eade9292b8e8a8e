package dev.etalon.core.check;

import dev.etalon.core.model.Operation;
import dev.etalon.core.model.StrategyTally;
import dev.etalon.core.model.Timing;
import dev.etalon.core.plan.Alignment;
import dev.etalon.core.plan.Overlap;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.RoundPlan;
import dev.etalon.core.plan.Workload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;

/** Measures how well the racers of raced rounds were aligned, strategy by strategy. */
final class Alignments {
    private final Map<Alignment, Counts> byStrategy = new LinkedHashMap<>();
    private final Counts all = new Counts();

    Alignments(Plan plan) {
        if (plan.workload() instanceof Workload.Rounds rounds) {
            rounds.rounds().forEach(round -> counts(round).planned++);
        }
    }

    private Counts counts(RoundPlan round) {
        return byStrategy.computeIfAbsent(round.alignment(), alignment -> new Counts());
    }

    /** Counts one raced round. */
    void add(RoundPlan round, List<Operation> racers, int winners) {
        for (Counts counts : List.of(all, counts(round))) {
            counts.raced++;
            counts.severalWinners += winners > 1 ? 1 : 0;
            counts.racers += round.racers().size();
            counts.inFlight += Overlap.inFlightMax(
                    racers.stream().filter(op -> op.status() != 0).toList());
            // A held upload sends its racers one after the other on purpose.
            if (round.alignment() != Alignment.HELD_UPLOAD) {
                counts.spreadsNs.add(spreadNs(racers));
            }
        }
    }

    /** From the first racer that was let go to the last. A thread may begin later than its gate was opened. */
    private static long spreadNs(Collection<Operation> racers) {
        LongSummaryStatistics letGo = racers.stream()
                .mapToLong(op -> Math.max(op.startNs(), op.releasedNs()))
                .summaryStatistics();
        return letGo.getMax() - letGo.getMin();
    }

    Timing timing() {
        return all.timing();
    }

    List<StrategyTally> strategies() {
        List<StrategyTally> strategies = new ArrayList<>();
        byStrategy.forEach((alignment, counts) -> strategies.add(new StrategyTally(
                alignment.label(), counts.planned, counts.raced, counts.severalWinners, counts.timing())));
        return strategies;
    }

    private static final class Counts {
        private int planned;
        private int raced;
        private int severalWinners;
        private long racers;
        private long inFlight;
        private final List<Long> spreadsNs = new ArrayList<>();

        Timing timing() {
            if (raced == 0) {
                return Timing.NONE;
            }
            List<Long> sorted = spreadsNs.stream().sorted().toList();
            return new Timing(quantile(sorted, 50), quantile(sorted, 90), (double) inFlight / racers);
        }

        /** The nearest rank: a spread that was really measured. */
        private static long quantile(List<Long> sorted, int percent) {
            return sorted.isEmpty() ? 0 : sorted.get((sorted.size() * percent + 99) / 100 - 1);
        }
    }
}
