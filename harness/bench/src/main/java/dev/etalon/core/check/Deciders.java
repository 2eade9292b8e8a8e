package dev.etalon.core.check;

import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Verdict;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/**
 * Lets the benchmarks time parts of the judge that nobody else should call: the deciders without diagnosis and witness.
 *
 * <p>Immutable; may be used by several threads.
 */
@NullMarked
public final class Deciders {
    private final Trace trace;

    private Deciders(Trace trace) {
        this.trace = trace;
    }

    /**
     * Reduces the operations of one key.
     *
     * @param operations in order of start
     */
    public static Deciders of(List<Operation> operations) {
        return new Deciders(Trace.of(operations));
    }

    /** The watermark checker over a stored history of reads and conditional writes. */
    public Verdict.Status chain() {
        return Chain.decide(trace, Lineage.of(trace)) == null ? Verdict.Status.VALID : Verdict.Status.VIOLATION;
    }

    /** The complete search, which makes no use of the chain. */
    public Verdict.Status search() {
        return switch (Search.decide(trace, Search.BRANCHES_MAX)) {
            case LINEARIZABLE -> Verdict.Status.VALID;
            case VIOLATION -> Verdict.Status.VIOLATION;
            case UNDECIDED -> Verdict.Status.UNDECIDED;
        };
    }
}
