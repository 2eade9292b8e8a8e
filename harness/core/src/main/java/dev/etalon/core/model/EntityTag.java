package dev.etalon.core.model;

/**
 * An entity tag exactly as it stood in the header field, quotes and {@code W/} included.
 *
 * <p>Source: RFC 9110 §8.8.3. The value is kept as sent because servers differ in quoting, and because the very bytes
 * received are what an honest client sends back.
 *
 * @param value the field value, not empty
 */
public record EntityTag(String value) {
    /** Longest tag a history keeps, in characters; header limits of common servers are 8 KiB for all fields together. */
    public static final int LENGTH_MAX = 4096;

    public EntityTag {
        if (value.isEmpty() || value.length() > LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "an entity tag has 1.." + LENGTH_MAX + " characters: length=" + value.length());
        }
    }

    /** Whether the tag is marked weak, so that it can never satisfy If-Match (RFC 9110 §13.1.1). */
    public boolean weak() {
        return value.startsWith("W/");
    }

    /** Whether it names the same as another by the weak comparison, as If-None-Match compares (RFC 9110 §8.8.3.2). */
    public boolean matches(EntityTag other) {
        return opaque().equals(other.opaque());
    }

    /** The tag without the mark of a weak one. */
    public String opaque() {
        return weak() ? value.substring(2) : value;
    }

    @Override
    public String toString() {
        return value;
    }
}
