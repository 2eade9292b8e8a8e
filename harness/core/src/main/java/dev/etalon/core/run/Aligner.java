package dev.etalon.core.run;

import dev.etalon.core.plan.Alignment;
import java.io.IOException;
import java.util.List;

/**
 * Makes the racers of a volley collide: one strategy of {@link Alignment}. Sends every racer's request once; whatever it
 * leaves behind a gate is let go by the caller. Used by one thread; may remember what the server taught it.
 */
interface Aligner {
    /** Sends the racers of one volley. Returns when the last one has been let go, not when it is back. */
    void race(Volley volley) throws IOException, InterruptedException;

    /** Sends the racers of several volleys that were planned to go together; one after the other, unless told otherwise. */
    default void race(List<Volley> volleys) throws IOException, InterruptedException {
        for (Volley volley : volleys) {
            race(volley);
        }
    }

    /** The strategy of that name: the one place that knows them all. */
    static Aligner of(Alignment alignment) {
        return switch (alignment) {
            case COLD_BURST, POOL_BURST -> new Burst();
            case BARRIER -> new Held(Gate::start);
            case HOLD_BODY -> new Held(Gate::body);
            case LAST_BYTE -> new Held(Gate::lastByte);
            case EXPECT_CONTINUE -> new Invited();
            case GATE, GATE_DITHER, MULTI_ENDPOINT -> new Held(Gate::socket);
            case SINGLE_PACKET -> new SinglePacket();
            case HELD_UPLOAD -> new HeldUpload();
            case STRIDE -> new Stride();
        };
    }
}
