package dev.etalon.core.plan;

/**
 * How the racers of a round are made to collide.
 *
 * <p>No single strategy finds everything, so a plan rotates them.
 */
public enum Alignment {
    /** Warm threads let go together, each sending its whole request. Finds races that happen after the body is in. */
    BARRIER("barrier"),
    /**
     * Every racer sends all but the last byte of its body; then one thread releases the last bytes in a row. Upload time
     * leaves the alignment, and a server that evaluates the condition on the headers has said yes to everybody.
     */
    LAST_BYTE("last-byte"),
    /**
     * One racer sends headers and half its body and stays there; the others complete one after the other; then the held
     * one finishes. Needs no parallelism and is deterministic on a server that checks first and writes later.
     */
    HELD_UPLOAD("held-upload");

    private final String label;

    Alignment(String label) {
        this.label = label;
    }

    /** The name in plans, tables and witnesses. */
    public String label() {
        return label;
    }
}
