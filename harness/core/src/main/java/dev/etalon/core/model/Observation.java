package dev.etalon.core.model;

import org.jspecify.annotations.Nullable;

/** What a read showed of the resource. */
public sealed interface Observation {
    /** The answer carried no state: a write, a refusal, an unknown outcome. */
    record Nothing() implements Observation {}

    /** The server said that there is no representation. */
    record Absent() implements Observation {}

    /** A whole, checksummed body of this run and this key. */
    record Seen(Version version, Version parent, int depth) implements Observation {
        // As in Version: the generated ones are several times slower, and a reader compares millions.

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Seen that
                    && depth == that.depth
                    && version.equals(that.version)
                    && parent.equals(that.parent);
        }

        @Override
        public int hashCode() {
            return (version.hashCode() * 31 + parent.hashCode()) * 31 + depth;
        }
    }

    /**
     * A body that nobody wrote like this.
     *
     * @param flaw what is wrong with it
     * @param bytes its length; {@link #UNTOLD} where the recording does not say
     * @param hash the first eight bytes of its SHA-256, to tell two of them apart; 0 where the recording does not say
     */
    record Torn(Flaw flaw, long bytes, long hash) implements Observation {
        /** The length of a body of which only the flaw is known. */
        public static final long UNTOLD = -1;

        /** A body of which only the flaw is known. */
        public Torn(Flaw flaw) {
            this(flaw, UNTOLD, 0);
        }

        /** Continues "the body …": what is wrong with it and, as far as that is known, what it was. */
        public String sentence() {
            return bytes == UNTOLD || flaw == Flaw.EMPTY
                    ? flaw.sentence()
                    : hash == 0
                            ? String.format("%s (%d bytes)", flaw.sentence(), bytes)
                            : String.format("%s (%d bytes, SHA-256 begins with %016x)", flaw.sentence(), bytes, hash);
        }
    }

    /** What is wrong with a torn body. The ordinal is part of the history format: append only. */
    enum Flaw {
        /** Too short for a header, or it does not begin with one. */
        NO_HEADER("does not begin with a header of this harness"),
        /** The header's own checksum does not hold. */
        HEADER_CHECKSUM("has a header whose checksum does not hold"),
        /** The header names another length than the body has. */
        LENGTH("is shorter or longer than its header says"),
        /** Header whole, payload not the one that was hashed into it: two bodies mixed, or bytes changed. */
        PAYLOAD_HASH("has a payload that is not the one its header was written with"),
        /** A whole body, written by another run. */
        OTHER_RUN("was written by another run"),
        /** A whole body of this run, written to another key. */
        OTHER_KEY("was written to another key"),
        /** Nothing at all. No write of ours is empty. */
        EMPTY("is empty (0 bytes)");

        private final String sentence;

        Flaw(String sentence) {
            this.sentence = sentence;
        }

        /** Continues "the body …". */
        public String sentence() {
            return sentence;
        }
    }

    Observation NOTHING = new Nothing();
    Observation ABSENT = new Absent();
}
