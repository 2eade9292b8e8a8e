package dev.etalon.core.run;

/**
 * The racers say {@code Expect: 100-continue}, and send their bodies when all are invited to, or nobody is for a while: a
 * server that locks the resource before it invites one racer keeps the others waiting until that one is done.
 */
final class Invited implements Aligner {
    /** How long the invitations may take. */
    private static final long PATIENCE_MS = 400;

    /** The same, on a server that has shown that it makes racers wait. */
    private static final long PATIENCE_BLOCKED_MS = 40;

    private boolean blocks;

    @Override
    public void race(Volley volley) throws InterruptedException {
        volley.sendThrough(Gate::expectation);
        blocks |= !volley.awaitArrivals(blocks ? PATIENCE_BLOCKED_MS : PATIENCE_MS);
        volley.openInOrder();
    }
}
