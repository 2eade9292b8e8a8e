package dev.etalon.core.rule;

/** How binding a rule is. */
public enum Level {
    /** A MUST or MUST NOT of an RFC. */
    MUST(true),
    /** What a vendor documents of its own interface, or was recorded there. */
    DOCUMENTED(true),
    /** A SHOULD of an RFC. */
    SHOULD(false),
    /** Left to the server by an RFC; kept to tell what it does, and whether always the same. */
    MAY(false),
    /** A peculiarity of one dialect that other servers of the protocol do not share. */
    DIALECT(false),
    /** A limit of the protocol itself, which no server can help: what comes is counted, and nobody is to blame. */
    HAZARD(false);

    private final boolean binding;

    Level(boolean binding) {
        this.binding = binding;
    }

    /** Whether a server that answers otherwise is wrong. An answer that changes from time to time is so at any level but the last. */
    public boolean binding() {
        return binding;
    }
}
