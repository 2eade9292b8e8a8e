package dev.etalon.core.store;

import java.util.Arrays;

/**
 * Numbers keys 0, 1, 2 … in the order in which they are first met: at most 36 bytes a key, where a map of boxes takes a
 * hundred. Not thread-safe.
 */
final class LongIndex {
    private static final int CAPACITY_MIN = 1024;

    private long[] keys = new long[CAPACITY_MIN / 2];

    /** Open addressing: the number of the key plus one; 0 marks a free slot. */
    private int[] slots = new int[CAPACITY_MIN];

    private int size;

    /** How many keys were met. */
    int size() {
        return size;
    }

    /** The key of a number. */
    long key(int number) {
        return keys[number];
    }

    /** The number of a key, a new one if it was not met before. */
    int number(long key) {
        int slot = slot(key);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        if (size == keys.length) {
            grow();
            slot = slot(key);
        }
        keys[size] = key;
        slots[slot] = ++size;
        return size - 1;
    }

    /** Where a key is, or belongs. */
    private int slot(long key) {
        int mask = slots.length - 1;
        // Keys that follow each other are beside each other, since they are also asked for together.
        int slot = (int) (key + (key >>> 32) * 0x9E3779B97F4A7C15L) & mask;
        while (slots[slot] != 0 && keys[slots[slot] - 1] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        keys = Arrays.copyOf(keys, 2 * size);
        slots = new int[2 * slots.length];
        for (int number = 0; number < size; number++) {
            slots[slot(keys[number])] = number + 1;
        }
    }
}
