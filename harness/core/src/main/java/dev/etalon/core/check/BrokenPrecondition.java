package dev.etalon.core.check;

/**
 * A history does not meet what the judge builds on, so nothing may be concluded from it.
 *
 * <p>The preconditions are P1 unique bodies, P2 known start, P3 provenance of validators, P4 one attempt is one
 * operation, P5 intervals that contain the true ones.
 */
final class BrokenPrecondition extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String precondition;

    /**
     * Says which and how.
     *
     * @param precondition {@code P1} … {@code P5}
     * @param sentence what is wrong, with the ids of the requests
     */
    BrokenPrecondition(String precondition, String sentence) {
        super(sentence);
        this.precondition = precondition;
    }

    /** {@code P1} … {@code P5}. */
    String precondition() {
        return precondition;
    }
}
