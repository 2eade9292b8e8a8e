package dev.etalon.core.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/**
 * Plans rounds in blocks: strategy, racer count, body size, shape of the requests, freshness of connections, spread
 * over endpoints and the longest pause stay the same for one block and rotate from block to block, because on few cores a single setting can
 * have a blind spot that lasts a whole run. What is released when is drawn for every round.
 *
 * <p>Every knob is a pack of cards that is shuffled, dealt to its end and shuffled again: as many blocks as a knob has
 * positions pass all of them, in an order that has nothing to do with that of the other knobs.
 */
public final class Rotation {
    /** Rounds per block, for long plans; shorter plans use shorter blocks so that every strategy gets its turn. */
    private static final int BLOCK_ROUNDS_MAX = 50;

    /** In how many blocks at least every strategy has its turn, where there are rounds enough. */
    private static final int TURNS_MIN = 2;

    private static final List<Integer> RACERS = List.of(2, 3, 4, 8, 16);

    /** One that fits a packet, one of several packets, one of several socket buffers. */
    private static final List<Integer> BODY_BYTES = List.of(512, 4 * 1024, 64 * 1024);

    /** All racers of an HTTP/2 connection share this window until the server opens it (RFC 9113 §6.9.2). */
    private static final int WINDOW_BYTES = 65_535;

    /** A stride has its requests ready before it starts, up to 64 for each racer. */
    private static final int STRIDE_BODY_BYTES_MAX = 4 * 1024;

    /** Longest pause between two releases. The window of a server may be anywhere in between. */
    private static final List<Integer> DITHER_NS = List.of(0, 20_000, 60_000, 200_000);

    /** Warm connections align best; every fourth block pays for fresh ones, which reach other code of the server. */
    private static final List<Boolean> FRESH = List.of(false, false, false, true);

    private static final List<Boolean> SPREAD = List.of(false, true);

    private Rotation() {}

    /**
     * Plans rounds.
     *
     * @param seed where every choice comes from; each round draws from a stream of its own
     * @param budget how many rounds, and which strategies
     * @param intents what {@code k} racers hold, given k and the round's own random stream
     */
    public static Workload.Rounds rounds(
            long seed, Budget budget, BiFunction<Integer, SplittableRandom, List<Intent>> intents) {
        Set<Alignment> usable = budget.alignments();
        boolean multiplexed = usable.contains(Alignment.SINGLE_PACKET);
        int count = budget.rounds();
        int blockRounds = Math.max(1, Math.min(BLOCK_ROUNDS_MAX, count / (TURNS_MIN * usable.size())));
        Random blocks = new Random(mix(seed, -1));
        Pack<Alignment> alignments = new Pack<>(usable.stream().sorted().toList(), blocks);
        Pack<Integer> racerCounts = new Pack<>(RACERS, blocks);
        Pack<Integer> sizes = new Pack<>(BODY_BYTES, blocks);
        Pack<Integer> dithers = new Pack<>(DITHER_NS, blocks);
        Pack<Boolean> freshness = new Pack<>(FRESH, blocks);
        Pack<Boolean> spreads = new Pack<>(SPREAD, blocks);
        // A stream of its own: what a server takes changes nothing else of a seed's plan.
        Pack<RequestShape> shapes = new Pack<>(
                budget.shapes().stream().filter(RequestShape::raced).sorted().toList(), new Random(mix(seed, -2)));
        List<RoundPlan> rounds = new ArrayList<>(count);
        while (rounds.size() < count) {
            Alignment alignment = alignments.deal();
            int racers = racerCounts.deal();
            int drawn = sizes.deal();
            RequestShape shape = shapes.deal();
            boolean large = shape == RequestShape.LARGE && !multiplexed && alignment != Alignment.STRIDE;
            int bodyBytes = large ? shape.bodyBytes(drawn) : bodyBytes(alignment, racers, drawn, multiplexed);
            int ditherNs = alignment == Alignment.GATE_DITHER ? dithers.deal() : 0;
            boolean fresh =
                    alignment == Alignment.COLD_BURST || (alignment != Alignment.POOL_BURST && freshness.deal());
            boolean spread = alignment == Alignment.MULTI_ENDPOINT || spreads.deal();
            for (int end = Math.min(count, rounds.size() + blockRounds); rounds.size() < end; ) {
                int index = rounds.size();
                SplittableRandom round = new SplittableRandom(mix(seed, index));
                List<Intent> held = intents.apply(racers, round);
                rounds.add(new RoundPlan(
                        index,
                        index,
                        alignment,
                        held,
                        releaseOrder(alignment, held, round),
                        bodyBytes,
                        pauses(racers, ditherNs, round),
                        fresh,
                        spread,
                        alignment.overlap(),
                        shape == RequestShape.LARGE && !large ? RequestShape.PLAIN : shape));
            }
        }
        return new Workload.Rounds(rounds);
    }

    private static int bodyBytes(Alignment alignment, int racers, int drawn, boolean multiplexed) {
        int most = alignment == Alignment.STRIDE ? STRIDE_BODY_BYTES_MAX : drawn;
        if (!multiplexed) {
            return Math.min(drawn, most);
        }
        // A body that does not fit the window of the shared connection would wait for the server instead of the gate.
        return BODY_BYTES.stream()
                .filter(bytes -> bytes <= Math.min(drawn, most) && racers * bytes < WINDOW_BYTES)
                .max(Integer::compare)
                .orElse(BODY_BYTES.get(0));
    }

    private static List<Integer> pauses(int racers, int ditherNs, SplittableRandom random) {
        if (ditherNs == 0) {
            return List.of();
        }
        return random.ints(racers - 1L, 0, ditherNs + 1).boxed().toList();
    }

    /**
     * Shuffled; a held upload begins with a racer that may win, since holding one that must lose proves nothing, and that
     * uploads, if there is one.
     */
    private static List<Integer> releaseOrder(Alignment alignment, List<Intent> racers, SplittableRandom random) {
        List<Integer> order = new ArrayList<>();
        for (int racer = 0; racer < racers.size(); racer++) {
            order.add(racer);
        }
        Collections.shuffle(order, new Random(random.nextLong()));
        if (alignment == Alignment.HELD_UPLOAD) {
            order.stream()
                    .filter(racer -> racers.get(racer) != Intent.STALE
                            && racers.get(racer).uploads())
                    .findFirst()
                    .ifPresent(first -> {
                        order.remove(first);
                        order.add(0, first);
                    });
        }
        return order;
    }

    private static long mix(long seed, long index) {
        return seed ^ (index * 0x9E3779B97F4A7C15L);
    }

    /** The positions of one knob. */
    private static final class Pack<T> {
        private final List<T> cards;
        private final Random random;
        private int dealt;

        Pack(List<T> cards, Random random) {
            this.cards = new ArrayList<>(cards);
            this.random = random;
        }

        T deal() {
            if (dealt % cards.size() == 0) {
                Collections.shuffle(cards, random);
            }
            return cards.get(dealt++ % cards.size());
        }
    }
}
