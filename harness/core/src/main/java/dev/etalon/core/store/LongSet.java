package dev.etalon.core.store;

/** A growing set of numbers, at most 24 bytes each: tells ids that come twice without a map of boxes. Not thread-safe. */
final class LongSet {
    private static final int CAPACITY_MIN = 1024;

    /** Open addressing; 0 marks a free slot, so the number 0 has a flag of its own. */
    private long[] slots = new long[CAPACITY_MIN];

    private int size;
    private boolean zero;

    /** Adds a number; false when it was in already. */
    boolean add(long number) {
        if (number == 0) {
            boolean fresh = !zero;
            zero = true;
            return fresh;
        }
        if (3L * size >= 2L * slots.length) {
            grow();
        }
        if (!put(number)) {
            return false;
        }
        size++;
        return true;
    }

    private boolean put(long number) {
        int mask = slots.length - 1;
        long mixed = number * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 32) & mask;
        while (slots[slot] != 0) {
            if (slots[slot] == number) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        slots[slot] = number;
        return true;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[2 * old.length];
        for (long number : old) {
            if (number != 0) {
                put(number);
            }
        }
    }
}
