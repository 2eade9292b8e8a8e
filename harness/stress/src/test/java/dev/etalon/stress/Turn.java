package dev.etalon.stress;

/** Lets the other actor of a test go on, also where the two take turns on one processor. Stateless. */
public final class Turn {
    private Turn() {}

    /** Gives the processor away, if somebody wants it. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing rests on it but how soon something shows
    public static void over() {
        Thread.yield();
    }
}
