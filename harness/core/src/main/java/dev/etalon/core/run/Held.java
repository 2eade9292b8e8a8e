package dev.etalon.core.run;

import java.util.List;
import java.util.function.Supplier;

/**
 * All racers wait at gates of one kind until every one of them is there; then they are let go in the planned order, with
 * the planned pauses. Where the gate is makes the strategy.
 */
final class Held implements Aligner {
    private final Supplier<Gate> kind;

    Held(Supplier<Gate> kind) {
        this.kind = kind;
    }

    @Override
    public void race(Volley volley) throws InterruptedException {
        volley.sendThrough(kind);
        volley.awaitArrivals();
        volley.stage();
        List<Integer> order = volley.order();
        List<Integer> pausesNs = volley.round().pausesNs();
        if (pausesNs.isEmpty()) {
            volley.openInOrder();
            return;
        }
        for (int place = 0; place < order.size(); place++) {
            if (place > 0) {
                pause(pausesNs.get(place - 1));
            }
            volley.open(order.get(place));
        }
    }

    /** Spins: parking takes some 50 µs longer than asked for, which is most of what is planned here. */
    private static void pause(long ns) {
        long endNs = System.nanoTime() + ns;
        while (System.nanoTime() < endNs) {
            Thread.onSpinWait();
        }
    }
}
