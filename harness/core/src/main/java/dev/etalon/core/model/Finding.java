package dev.etalon.core.model;

import java.util.Collection;
import java.util.List;

/**
 * One anomaly with its proof.
 *
 * @param anomaly what it is
 * @param key number of the key it happened on
 * @param round the round it happened in; -1 for the guard
 * @param witness the two to four operations that prove it, in the order the explanation names them
 * @param explanation what follows from them, in a sentence or two
 * @param consequences further answers on the key that contradict the rest of the history too, and would not without
 *     this root cause: counted, not listed
 */
public record Finding(
        Anomaly anomaly, int key, int round, List<Operation> witness, String explanation, int consequences) {
    public Finding {
        witness = List.copyOf(witness);
    }

    /** A finding without consequences. */
    public Finding(Anomaly anomaly, int key, int round, List<Operation> witness, String explanation) {
        this(anomaly, key, round, witness, explanation, 0);
    }

    /** The finding of a witness, in the round of its last operation. */
    public static Finding of(Anomaly anomaly, int key, List<Operation> witness, String explanation) {
        return new Finding(anomaly, key, witness.get(witness.size() - 1).round(), witness, explanation);
    }

    /** In how many rounds these were found, the guard aside: a round may have several of a kind. */
    public static int rounds(Collection<Finding> findings) {
        return (int) findings.stream()
                .mapToInt(Finding::round)
                .filter(round -> round >= 0)
                .distinct()
                .count();
    }

    /** The same, with a number of consequences. */
    public Finding with(int count) {
        return new Finding(anomaly, key, round, witness, explanation, count);
    }
}
