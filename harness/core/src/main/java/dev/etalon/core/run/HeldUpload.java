package dev.etalon.core.run;

import dev.etalon.core.model.Operation;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The first racer stays half-way while its rivals complete one after the other. A server that makes the rivals wait until
 * the held upload is done gets them all, and then the rest of the upload.
 */
final class HeldUpload implements Aligner {
    /** How long a rival may take before the others are sent without waiting for it. */
    private static final long RIVAL_MS = 400;

    /** The same, on a server that has shown that it makes rivals wait. */
    private static final long RIVAL_BLOCKED_MS = 40;

    /** Rivals that had to wait before a server counts as one that makes them wait. */
    private static final int BLOCKED_MAX = 3;

    private int blocked;

    @Override
    public void race(Volley volley) throws IOException, InterruptedException {
        int held = volley.order().get(0);
        List<Integer> rivals = volley.order().subList(1, volley.order().size());
        volley.sendThrough(held, Gate.half());
        volley.awaitArrivals();
        boolean waits = false;
        for (int racer : rivals) {
            if (waits) {
                // Behind a gate only to know that it is on its way before the upload goes on.
                volley.sendThrough(racer, Gate.start());
                volley.open(racer);
                continue;
            }
            Future<Operation> rival = volley.send(racer);
            long patience = blocked >= BLOCKED_MAX ? RIVAL_BLOCKED_MS : RIVAL_MS;
            if (Volley.collect(rival, patience, TimeUnit.MILLISECONDS).isEmpty()) {
                blocked++;
                waits = true;
            }
        }
        if (waits) {
            volley.awaitArrivals();
        }
        volley.open(held);
    }
}
