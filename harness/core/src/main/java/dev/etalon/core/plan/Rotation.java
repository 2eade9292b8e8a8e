package dev.etalon.core.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/**
 * Plans rounds in blocks: strategy, racer count and body size stay the same for one block and rotate from block to
 * block, because on few cores a single setting can have a blind spot that lasts a whole run.
 */
public final class Rotation {
    /** Rounds per block, for long plans; shorter plans use shorter blocks so that every strategy gets its turn. */
    private static final int BLOCK_ROUNDS_MAX = 50;

    /** Rotating a dozen blocks at least passes every strategy four times. */
    private static final int BLOCKS_MIN = 12;

    private static final List<Integer> RACERS = List.of(2, 3, 4, 8, 16);

    /** One that fits a packet, one of several packets, one of several socket buffers. */
    private static final List<Integer> BODY_BYTES = List.of(512, 4 * 1024, 64 * 1024);

    private Rotation() {}

    /**
     * Plans {@code count} rounds.
     *
     * @param seed where every choice comes from; each round draws from a stream of its own
     * @param count how many rounds
     * @param intents what {@code k} racers hold, given k and the round's own random stream
     */
    public static Workload.Rounds rounds(
            long seed, int count, BiFunction<Integer, SplittableRandom, List<Intent>> intents) {
        int blockRounds = Math.max(1, Math.min(BLOCK_ROUNDS_MAX, count / BLOCKS_MIN));
        Alignment[] alignments = Alignment.values();
        List<RoundPlan> rounds = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            SplittableRandom block = new SplittableRandom(mix(seed, -1 - index / blockRounds));
            SplittableRandom round = new SplittableRandom(mix(seed, index));
            int racers = RACERS.get(block.nextInt(RACERS.size()));
            int bodyBytes = BODY_BYTES.get(block.nextInt(BODY_BYTES.size()));
            Alignment alignment = alignments[(index / blockRounds) % alignments.length];
            List<Intent> held = intents.apply(racers, round);
            rounds.add(new RoundPlan(index, index, alignment, held, releaseOrder(alignment, held, round), bodyBytes));
        }
        return new Workload.Rounds(rounds);
    }

    /** Shuffled; a held upload begins with a racer that may win, since holding one that must lose proves nothing. */
    private static List<Integer> releaseOrder(Alignment alignment, List<Intent> racers, SplittableRandom random) {
        List<Integer> order = new ArrayList<>();
        for (int racer = 0; racer < racers.size(); racer++) {
            order.add(racer);
        }
        Collections.shuffle(order, new Random(random.nextLong()));
        if (alignment == Alignment.HELD_UPLOAD) {
            Integer first = order.stream()
                    .filter(racer -> racers.get(racer) != Intent.STALE
                            && racers.get(racer).uploads())
                    .findFirst()
                    .orElseThrow();
            order.remove(first);
            order.add(0, first);
        }
        return order;
    }

    private static long mix(long seed, long index) {
        return seed ^ (index * 0x9E3779B97F4A7C15L);
    }
}
