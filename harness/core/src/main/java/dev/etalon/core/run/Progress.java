package dev.etalon.core.run;

import java.util.concurrent.atomic.LongAdder;

/** How far a run is, in what its workload counts. Thread-safe; counting disturbs no racer. */
public final class Progress {
    private final LongAdder done = new LongAdder();

    /** So many more are done. */
    void add(int more) {
        done.add(more);
    }

    /** How many are done. */
    public int done() {
        return done.intValue();
    }
}
