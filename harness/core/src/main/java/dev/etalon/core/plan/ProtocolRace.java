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
    private final List<Capability> capabilities;
    private final List<Expectation> expectations;

    /**
     * A race.
     *
     * @param capabilities every conditional header it sends, the one it stands on first
     * @param expectations how the outcomes of its rounds are to be taken; empty where they are not graded
     */
    ProtocolRace(
            Protocol protocol,
            String name,
            String promise,
            List<Capability> capabilities,
            List<Expectation> expectations) {
        this.protocol = protocol;
        this.name = name;
        this.promise = promise;
        this.capabilities = List.copyOf(capabilities);
        this.expectations = List.copyOf(expectations);
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

    @Override
    public final Capability needs() {
        return capabilities.get(0);
    }

    @Override
    public final List<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public final List<Expectation> expectations() {
        return expectations;
    }
}
