package dev.etalon.core.store;

/**
 * Makes one of equal values that come soon after each other, as they do in a history: requests that race ask for the
 * same, and many answers say the same. It remembers only so many, so it costs the same however long the history is. Not
 * thread-safe.
 */
final class Shared {
    /** Some versions of each of a thousand clients. */
    private static final int SLOTS = 1 << 13;

    private final Object[] recent = new Object[SLOTS];

    /** The value, or one that equals it. */
    @SuppressWarnings("unchecked") // What equals a record is of its class.
    <T extends Record> T of(T value) {
        int hash = value.hashCode() * 0x9E3779B9;
        int slot = hash >>> 16 & SLOTS - 1;
        Object known = recent[slot];
        if (value.equals(known)) {
            return (T) known;
        }
        recent[slot] = value;
        return value;
    }
}
