package dev.etalon.core.run;

import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.PutRace;
import dev.etalon.core.plan.Scenario;
import java.util.List;

/** Every race there is, over plain HTTP. */
public final class Races {
    private Races() {}

    static List<Scenario> all() {
        return List.of(new SameValidator(), new StaleFreshMix(), new CreateRace(), new Counter());
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
