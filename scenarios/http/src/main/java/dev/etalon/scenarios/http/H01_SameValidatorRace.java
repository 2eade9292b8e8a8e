package dev.etalon.scenarios.http;

import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.PutRace;

/** Writers that all hold the current entity tag: exactly one may win. */
public final class H01_SameValidatorRace extends PutRace {
    public H01_SameValidatorRace() {
        super(Protocol.HTTP, Form.SAME_VALIDATOR);
    }
}
