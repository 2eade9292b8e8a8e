package dev.etalon.core.plan;

import dev.etalon.core.model.Operation;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * How the racers of a round must have been in flight together for the round to count as raced.
 *
 * <p>In flight is from before the first byte can leave until the answer is in, as the client sees it. Racers without any
 * answer are left out, since nobody knows how long their requests were with the server; but two must have been answered.
 * Ties count as overlap. Part of the plan, so that a stored run is counted for ever as it was when it ran.
 */
public enum Overlap {
    /** Any two were in flight at one instant: all that can be asked where nothing holds the racers together. */
    TWO {
        @Override
        boolean met(List<Operation> answered, int first) {
            return Operation.anyOverlap(answered);
        }
    },
    /** All were in flight at one instant: where every racer is held until all have arrived. */
    ALL {
        @Override
        boolean met(List<Operation> answered, int first) {
            return inFlightMax(answered) == answered.size();
        }
    },
    /** The racer that is released first was in flight with each of the others; these need not meet. */
    FIRST_WITH_ALL {
        @Override
        boolean met(List<Operation> answered, int first) {
            return answered.stream()
                    .filter(op -> op.invocation().actor() == first)
                    .findFirst()
                    .map(held -> answered.stream()
                            .allMatch(op -> op.startNs() <= held.endNs() && held.startNs() <= op.endNs()))
                    .orElse(false);
        }
    };

    abstract boolean met(List<Operation> answered, int first);

    /**
     * Whether these racers overlapped as planned.
     *
     * @param racers the racers' operations on one key
     * @param first the actor that was released first
     */
    boolean of(Collection<Operation> racers, int first) {
        List<Operation> answered =
                racers.stream().filter(op -> op.status() != 0).toList();
        return answered.size() > 1 && met(answered, first);
    }

    /** The most of these that were in flight at one instant. Ties count as overlap. */
    public static int inFlightMax(Collection<Operation> operations) {
        List<Operation> byStart = operations.stream()
                .sorted(Comparator.comparingLong(Operation::startNs))
                .toList();
        int most = 0;
        for (Operation op : byStart) {
            long instant = op.startNs();
            most = Math.max(most, (int) byStart.stream()
                    .filter(other -> other.startNs() <= instant && other.endNs() >= instant)
                    .count());
        }
        return most;
    }
}
