package dev.etalon.core.check;

/**
 * A few operations of a trace that no order explains, whatever became of all others.
 *
 * @param form how they contradict each other
 * @param operation the one whose answer is wrong: the later of them, or the refusal
 * @param proof the answer it contradicts: it ended before {@code operation} began; -1 where none is needed
 * @param witness all of them, by index, in order of the tale
 */
record Contradiction(Form form, int operation, int proof, int... witness) {
    /** How operations can contradict each other. */
    enum Form {
        /** The operation needs a version that the proof shows to have been superseded. */
        SUPERSEDED,
        /** The operation needs a version of a life of the resource that was over: deleted, or replaced unseen. */
        RETURNED,
        /** The operation brought the resource into being, though it was there and nothing can have deleted it. */
        CREATED_TWICE,
        /** The operation found nothing, though the resource was there before and after, or for good. */
        MISSING,
        /** The operation was refused, and nothing can have made its condition false. */
        REFUSED,
        /** None of these; found by search. */
        UNORDERED
    }

    static Contradiction of(Form form, int operation, int proof) {
        return proof < 0
                ? new Contradiction(form, operation, proof, operation)
                : new Contradiction(form, operation, proof, proof, operation);
    }

    Contradiction {
        witness = witness.clone();
    }

    @Override
    public int[] witness() {
        return witness.clone();
    }
}
