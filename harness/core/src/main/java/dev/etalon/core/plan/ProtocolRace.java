package dev.etalon.core.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;

/** A race that is the same over every protocol. */
abstract class ProtocolRace implements Scenario {
    /** Answers that say or may say that a condition was false. */
    static final String REFUSED = "(, others( 404| 412)+)?";

    private final Protocol protocol;
    private final String name;
    private final String promise;

    ProtocolRace(Protocol protocol, String name, String promise) {
        this.protocol = protocol;
        this.name = name;
        this.promise = promise;
    }

    /** At least one of each kind, in random places. */
    static List<Intent> two(int racers, SplittableRandom random, Intent one, Intent other) {
        int ones = 1 + random.nextInt(racers - 1);
        List<Intent> intents = new ArrayList<>(Collections.nCopies(ones, one));
        intents.addAll(Collections.nCopies(racers - ones, other));
        Collections.shuffle(intents, new Random(random.nextLong()));
        return intents;
    }

    @Override
    public final String id() {
        return protocol.name().toLowerCase(Locale.ROOT) + "/" + name;
    }

    @Override
    public final String promise() {
        return promise;
    }

    @Override
    public final Protocol protocol() {
        return protocol;
    }
}
