package dev.etalon.core.plan;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How the racers of a round are made to collide.
 *
 * <p>No single strategy finds everything, and on few cores each has blind spots that last as long as a process, so a plan
 * rotates them. What each finds and misses: {@code docs/alignment.md}.
 */
public enum Alignment {
    // The order is kept: stored plans name the constants, and the rotation of a seed follows from their order.
    /** Warm threads let go together, each sending its whole request. Finds races that happen after the body is in. */
    BARRIER("barrier", "warm threads are let go together, and each sends its whole request", Overlap.TWO),
    /**
     * Every racer sends all but the last byte of its body; then the racers are let go in a row, each sending its own last
     * byte. Upload time leaves the alignment, and a server that evaluates the condition on the headers has said yes to
     * everybody.
     */
    LAST_BYTE(
            "last-byte",
            "each racer sends all but the last byte of its body; then the last bytes follow one after the other",
            Overlap.ALL),
    /**
     * One racer sends headers and half its body and stays there; the others complete one after the other; then the held
     * one finishes. Needs no parallelism and is deterministic on a server that checks first and writes later.
     */
    HELD_UPLOAD(
            "held-upload",
            "one racer stops in the middle of its upload until all others have been answered, and then finishes",
            Overlap.FIRST_WITH_ALL),
    /** Every racer opens a connection of its own and sends, submitted one after the other: what unprepared clients do. */
    COLD_BURST(
            "cold-burst",
            "each racer opens a connection of its own and sends, as clients do that prepare nothing",
            Overlap.TWO),
    /** The racers are submitted one after the other to warm threads with warm connections, and nothing is held back. */
    POOL_BURST(
            "pool-burst",
            "the racers send one after the other on warm connections, and nothing is held back",
            Overlap.TWO),
    /** The headers leave and the whole body stays back: a server that decides on the headers alone has decided for all. */
    HOLD_BODY("hold-body", "all headers are sent first; then the bodies follow", Overlap.ALL),
    /**
     * The last byte stays back in the socket, also of a request without a body; one thread writes all of them in a row, and
     * wakes the senders when it is done.
     */
    GATE(
            "gate",
            "the last byte of each request stays back; then one thread writes all of them in a row",
            Overlap.ALL,
            Need.SOCKET),
    /** As {@link #GATE}, with random pauses between the releases, so that the offsets of the racers are swept. */
    GATE_DITHER(
            "gate+dither",
            "the last byte of each request stays back; then one thread writes them with random pauses between",
            Overlap.ALL,
            Need.SOCKET),
    /** All racers on one HTTP/2 connection, whose final frames leave in one write: the network cannot part them. */
    SINGLE_PACKET(
            "h2-single-packet",
            "all racers share one HTTP/2 connection, and the ends of their requests leave in one write",
            Overlap.ALL,
            Need.SOCKET,
            Need.MULTIPLEXING),
    /** As {@link #GATE}, with the racers spread over the endpoints: finds locks that every node has for itself. */
    MULTI_ENDPOINT(
            "multi-endpoint",
            "as gate, with the racers spread over the endpoints of the server",
            Overlap.ALL,
            Need.SOCKET,
            Need.ENDPOINTS),
    /** {@code Expect: 100-continue}: the body stays back until the server has read the headers and asked for more. */
    EXPECT_CONTINUE(
            "expect-continue",
            "each racer asks with Expect: 100-continue, and sends its body when the server has asked for it",
            Overlap.TWO,
            Need.EXPECTATION),
    /**
     * Consecutive rounds at one go: every racer walks their keys without waiting for the others, after one common start.
     * Natural drift sweeps the offsets.
     */
    STRIDE(
            "stride",
            "each racer walks the names of several rounds without waiting for the others, after one common start",
            Overlap.TWO);

    private final String label;
    private final String meaning;
    private final Overlap overlap;
    private final Set<Need> needs;

    Alignment(String label, String meaning, Overlap overlap, Need... needs) {
        this.label = label;
        this.meaning = meaning;
        this.overlap = overlap;
        this.needs = Set.of(needs);
    }

    /** What a target and its client must have before a strategy can work. */
    public enum Need {
        /** The end of a request can be held back on the socket. */
        SOCKET,
        /** Many requests share one connection: HTTP/2. */
        MULTIPLEXING,
        /** There are two endpoints or more. */
        ENDPOINTS,
        /** The server answers {@code Expect: 100-continue}. */
        EXPECTATION
    }

    /** The name in plans, tables and witnesses. */
    public String label() {
        return label;
    }

    /** What is done, in a clause for people. */
    public String meaning() {
        return meaning;
    }

    /** How the racers must overlap for a round to count as raced. */
    public Overlap overlap() {
        return overlap;
    }

    /** The strategies that work where these needs are met, in the order of this type. */
    public static Set<Alignment> where(Set<Need> met) {
        EnumSet<Alignment> alignments = EnumSet.allOf(Alignment.class);
        alignments.removeIf(alignment -> !met.containsAll(alignment.needs));
        return Collections.unmodifiableSet(alignments);
    }

    /**
     * The strategies with these labels.
     *
     * @throws IllegalArgumentException with a sentence for the user when a label is unknown
     */
    public static Set<Alignment> labelled(String key, List<String> labels) {
        EnumSet<Alignment> alignments = EnumSet.noneOf(Alignment.class);
        for (String label : labels) {
            alignments.add(EnumSet.allOf(Alignment.class).stream()
                    .filter(alignment -> alignment.label.equals(label))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(key + " must name some of "
                            + String.join(
                                    ", ",
                                    EnumSet.allOf(Alignment.class).stream()
                                            .map(Alignment::label)
                                            .toList())
                            + ": " + key + "=" + label)));
        }
        return Collections.unmodifiableSet(alignments);
    }
}
