package dev.etalon.core.model;

import java.util.List;

/**
 * One anomaly with its proof.
 *
 * @param anomaly what it is
 * @param key number of the key it happened on
 * @param round the round it happened in; -1 for the guard
 * @param witness the two to four operations that prove it, in the order the explanation names them
 * @param explanation what follows from them, in a sentence or two
 */
public record Finding(Anomaly anomaly, int key, int round, List<Operation> witness, String explanation) {
    public Finding {
        witness = List.copyOf(witness);
    }
}
