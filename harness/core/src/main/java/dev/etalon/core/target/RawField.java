package dev.etalon.core.target;

/**
 * One header field line or query parameter, exactly as written.
 *
 * @param name its name, in the case it is sent in
 * @param value its value; empty for a parameter such as {@code ?uploads}
 */
public record RawField(String name, String value) {
    @Override
    public String toString() {
        return name + ": " + value;
    }
}
