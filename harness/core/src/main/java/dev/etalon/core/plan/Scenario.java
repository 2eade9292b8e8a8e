package dev.etalon.core.plan;

import java.util.List;

/**
 * One question put to a server. Implementations are stateless, found through {@link java.util.ServiceLoader}, and add
 * nothing but a plan: running and judging are the same for all.
 */
public interface Scenario {
    /** Stable id, {@code <protocol>/<name>}, for example {@code s3/same-validator}. */
    String id();

    /** One sentence: what must hold. */
    String promise();

    /** The protocol its targets speak. */
    Protocol protocol();

    /** The conditional header it stands on. */
    Capability needs();

    /** Every conditional header it sends, the one it stands on first; each is asked for before anything is raced. */
    default List<Capability> capabilities() {
        return List.of(needs());
    }

    /** How many endpoints a target must have for it, 1 and up; on one with fewer it is not run. */
    default int endpoints() {
        return 1;
    }

    /** What to do, derived from the seed alone. */
    Workload workload(long seed, Budget budget);

    /**
     * How the outcomes of its rounds are to be taken; the first that matches counts. Whoever returns any must name them
     * all: an outcome that none matches fails.
     */
    default List<Expectation> expectations() {
        return List.of();
    }
}
