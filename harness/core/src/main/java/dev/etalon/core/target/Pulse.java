package dev.etalon.core.target;

/**
 * Whether a server from which answers stopped coming is still there.
 *
 * @param state what a look at it showed
 * @param sentence what was seen, for people; empty for a server that answers
 */
public record Pulse(State state, String sentence) {
    /** A server that answers, whatever it says. */
    public static final Pulse ANSWERS = new Pulse(State.ANSWERS, "");

    /** What a look at a server shows. */
    public enum State {
        /** It answers, be it with a refusal. */
        ANSWERS,
        /** Nothing answers any more. */
        GONE,
        /** This machine could not even ask: that says nothing of the server. */
        UNASKED
    }

    /** Whether nothing answers any more. */
    public boolean gone() {
        return state == State.GONE;
    }
}
