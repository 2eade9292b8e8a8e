package dev.etalon.core.session;

import java.util.function.IntSupplier;

/**
 * How far a cell is, while it runs. May be asked from any thread.
 *
 * @param name the cell's
 * @param planned how many are to be done
 * @param unit what is counted, in the plural
 * @param counter says how many are done
 */
public record CellProgress(String name, int planned, String unit, IntSupplier counter) {
    /** How many are done. */
    public int done() {
        return Math.min(planned, counter.getAsInt());
    }
}
