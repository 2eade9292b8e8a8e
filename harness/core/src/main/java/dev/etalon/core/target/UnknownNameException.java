package dev.etalon.core.target;

import java.util.List;

/** A setting names something that is not there. The message is one sentence for the user. */
public final class UnknownNameException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final transient List<String> known;

    /**
     * Makes one.
     *
     * @param message one sentence for the user
     * @param name what was named
     * @param known what could have been
     */
    public UnknownNameException(String message, String name, List<String> known) {
        super(message);
        this.name = name;
        this.known = List.copyOf(known);
    }

    /** What was named. */
    public String name() {
        return name;
    }

    /** What could have been. */
    public List<String> known() {
        return known;
    }
}
