package dev.etalon.core.store;

/** A growing set of numbers, at most 24 bytes each: tells ids that come twice without a map of boxes. Not thread-safe. */
final class LongSet {
    private static final int CAPACITY_MIN = 1024;

    /**
     * The numbers from {@code first} on, below {@code end}: most programs count their ids, and those that follow each
     * other take no room.
     */
    private long first;

    private long end;

    /** The others, with open addressing; 0 marks a free slot, so the number 0 has a flag of its own. */
    private long[] slots = new long[CAPACITY_MIN];

    private int size;
    private boolean zero;

    /** Adds a number; false when it was in already. */
    boolean add(long number) {
        if (first == end) {
            first = number;
            end = number;
        }
        if (number >= first && number < end) {
            return false;
        }
        if (number == end && number < Long.MAX_VALUE && !among(number)) {
            end++;
            return true;
        }
        if (number == 0) {
            boolean fresh = !zero;
            zero = true;
            return fresh;
        }
        if (3L * size >= 2L * slots.length) {
            grow();
        }
        int slot = slot(number);
        if (slots[slot] != 0) {
            return false;
        }
        slots[slot] = number;
        size++;
        return true;
    }

    /** Whether a number is one of the others. */
    private boolean among(long number) {
        return number == 0 ? zero : size > 0 && slots[slot(number)] != 0;
    }

    /** Where a number is, or belongs. */
    private int slot(long number) {
        int mask = slots.length - 1;
        int slot = (int) (number * 0x9E3779B97F4A7C15L >>> 32) & mask;
        while (slots[slot] != 0 && slots[slot] != number) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[2 * old.length];
        for (long number : old) {
            if (number != 0) {
                slots[slot(number)] = number;
            }
        }
    }
}
