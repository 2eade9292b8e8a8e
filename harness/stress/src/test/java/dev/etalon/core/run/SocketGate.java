package dev.etalon.core.run;

import dev.etalon.core.target.Hold;

/** Lets the stress of the socket use a gate. */
public final class SocketGate {
    private final Gate gate = Gate.socket();

    /** What the sender pauses at. */
    public Hold hold() {
        return gate;
    }

    /** Lets the tail go as a volley does: first all but its end, then that. */
    public void open() {
        gate.stage();
        gate.open();
    }
}
