package dev.etalon.core.check;

import dev.etalon.core.model.History;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.RoundTally;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.RoundPlan;
import dev.etalon.core.plan.Workload;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts how the rounds of a history went. Says nothing of right or wrong. */
final class RoundShapes {
    private RoundShapes() {}

    static RoundTally tally(Plan plan, History history) {
        if (plan.workload() instanceof Workload.FreeRun) {
            return free(plan, history);
        }
        List<Operation> raced =
                history.operations().stream().filter(op -> op.round() >= 0).toList();
        SortedMap<Integer, Integer> losers = new TreeMap<>();
        int unknowns = 0;
        for (Operation op : raced) {
            if (racer(op) && !op.applied() && !op.foundNothing()) {
                losers.merge(op.status(), 1, Integer::sum);
                unknowns += op.unknown() ? 1 : 0;
            }
        }
        if (plan.workload() instanceof Workload.Counter) {
            int acknowledged =
                    (int) raced.stream().filter(op -> racer(op) && op.applied()).count();
            return new RoundTally(
                    plan.workload().size(), acknowledged, new TreeMap<>(), losers, unknowns, lost(raced, acknowledged));
        }
        if (plan.workload() instanceof Workload.Samples) {
            long answered = raced.stream()
                    .filter(op -> racer(op) && !op.unknown())
                    .mapToInt(op -> op.round())
                    .distinct()
                    .count();
            return new RoundTally(plan.workload().size(), (int) answered, new TreeMap<>(), losers, unknowns, 0);
        }
        SortedMap<Integer, Integer> winners = new TreeMap<>();
        Outcomes outcomes = new Outcomes(plan);
        Alignments alignments = new Alignments(plan);
        int overlapped = 0;
        for (Map.Entry<Integer, List<Operation>> round :
                history.byRound().tailMap(0).entrySet()) {
            Optional<RoundPlan> planned = planned(plan, round.getKey());
            // A round whose racers missed each other was repeated on another key; one attempt counts.
            Optional<List<Operation>> raceOnOneKey = round.getValue().stream()
                    .filter(op -> op.actor() > 0)
                    .collect(Collectors.groupingBy(op -> op.key()))
                    .values()
                    .stream()
                    .filter(racers -> planned.map(roundPlan -> roundPlan.raced(racers))
                            .orElseGet(() -> Operation.collided(racers)))
                    .findFirst();
            if (raceOnOneKey.isPresent()) {
                List<Operation> racers = raceOnOneKey.get();
                overlapped++;
                outcomes.add(racers);
                int won = (int) racers.stream().filter(RoundShapes::won).count();
                winners.merge(won, 1, Integer::sum);
                planned.ifPresent(roundPlan -> alignments.add(roundPlan, racers, won));
            }
        }
        return new RoundTally(
                plan.workload().size(),
                overlapped,
                winners,
                losers,
                unknowns,
                0,
                outcomes.shapes(),
                alignments.timing(),
                alignments.strategies());
    }

    private static Optional<RoundPlan> planned(Plan plan, int round) {
        return plan.workload() instanceof Workload.Rounds rounds
                        && round < rounds.rounds().size()
                ? Optional.of(rounds.rounds().get(round))
                : Optional.empty();
    }

    /** Counts in one pass and keeps nothing, for there may be millions. */
    private static RoundTally free(Plan plan, History history) {
        SortedMap<Integer, Integer> losers = new TreeMap<>();
        int answered = 0;
        int unknowns = 0;
        for (Operation op : history.operations()) {
            if (op.round() < 0 || op.actor() == 0) {
                continue;
            }
            answered += op.unknown() ? 0 : 1;
            if (op.write() && !op.applied() && !op.foundNothing()) {
                losers.merge(op.status(), 1, Integer::sum);
                unknowns += op.unknown() ? 1 : 0;
            }
        }
        return new RoundTally(plan.workload().size(), answered, new TreeMap<>(), losers, unknowns, 0);
    }

    /** Keys that were raced but of which no read after the last answer says what became. */
    static long unread(History history) {
        return history.byKey().values().stream()
                // Where no writer was told anything, there is nothing that a read would have to confirm.
                .filter(operations -> operations.stream().anyMatch(op -> racer(op) && op.status() != 0))
                .filter(operations -> {
                    long lastNs = operations.stream()
                            .filter(op -> racer(op) && op.status() != 0)
                            .mapToLong(Operation::endNs)
                            .max()
                            .orElse(Long.MAX_VALUE);
                    return operations.stream().noneMatch(op -> !op.write() && !op.unknown() && op.startNs() > lastNs);
                })
                .filter(Operation::anyOverlap)
                .count();
    }

    /** Whether a racer was told that it changed something. */
    static boolean won(Operation op) {
        return op.write() && op.applied() && !op.foundNothing();
    }

    /** A write by anybody but the coordinator. */
    static boolean racer(Operation op) {
        return op.write() && op.actor() > 0;
    }

    /**
     * Acknowledged increments that the last whole body read does not contain; the first body has depth 1. A read that
     * began before the last increment was in need not contain it.
     */
    private static int lost(List<Operation> operations, int acknowledged) {
        return operations.stream()
                .filter(op -> op.observation() instanceof Observation.Seen)
                .max(Comparator.comparingLong(Operation::startNs))
                .filter(read ->
                        operations.stream().noneMatch(op -> racer(op) && op.applied() && op.endNs() >= read.startNs()))
                .map(op -> ((Observation.Seen) op.observation()).depth() - 1)
                .map(value -> Math.max(0, acknowledged - value))
                .orElse(0);
    }
}
