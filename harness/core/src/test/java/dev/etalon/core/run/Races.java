package dev.etalon.core.run;

import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.PutRace;
import dev.etalon.core.plan.RoundPlan;
import dev.etalon.core.plan.Scenario;
import dev.etalon.core.plan.Workload;
import java.util.List;

/** Every race there is, over plain HTTP. */
public final class Races {
    private static final int BODY_BYTES_MAX = 4 * 1024;

    private Races() {}

    static List<Scenario> all() {
        return List.of(new SameValidator(), new StaleFreshMix(), new CreateRace(), new Counter());
    }

    /**
     * Returns the same workload with bodies of at most 4 KiB: a server in memory treats larger ones alike, and what they
     * cost is mostly their hash.
     */
    static Workload small(Workload workload) {
        return workload instanceof Workload.Rounds rounds
                ? new Workload.Rounds(rounds.rounds().stream().map(Races::small).toList())
                : workload;
    }

    private static RoundPlan small(RoundPlan round) {
        return new RoundPlan(
                round.index(),
                round.key(),
                round.alignment(),
                round.racers(),
                round.releaseOrder(),
                Math.min(BODY_BYTES_MAX, round.bodyBytes()),
                round.pausesNs(),
                round.fresh(),
                round.spread(),
                round.overlap(),
                round.shape());
    }

    /** Everybody holds the current tag. */
    public static final class SameValidator extends PutRace {
        public SameValidator() {
            super(Protocol.HTTP, Form.SAME_VALIDATOR);
        }
    }

    /** Some hold a superseded tag. */
    public static final class StaleFreshMix extends PutRace {
        public StaleFreshMix() {
            super(Protocol.HTTP, Form.STALE_FRESH_MIX);
        }
    }

    /** Everybody creates. */
    public static final class CreateRace extends PutRace {
        public CreateRace() {
            super(Protocol.HTTP, Form.CREATE_RACE);
        }
    }

    /** Read, add one, write back. */
    public static final class Counter extends PutRace {
        public Counter() {
            super(Protocol.HTTP, Form.COUNTER);
        }
    }
}
