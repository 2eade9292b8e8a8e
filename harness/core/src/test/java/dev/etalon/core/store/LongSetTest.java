package dev.etalon.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The two collections of numbers beside those of the platform. */
class LongSetTest {
    private static final int NUMBERS = 100_000;

    @Test
    void aSetTellsWhatIsInAlreadyInWhateverOrderNumbersCome() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            LongSet set = new LongSet();
            Set<Long> expected = new HashSet<>();
            long next = random.nextInt(5);
            for (int i = 0; i < NUMBERS / 10; i++) {
                // Runs of numbers, from several beginnings, with leaps back into what is in.
                next = random.nextInt(20) == 0 ? random.nextInt(1000) - 10L : next + 1;
                assertThat(set.add(next)).as("%d after %d", next, i).isEqualTo(expected.add(next));
            }
        }
    }

    @Test
    void aSetHasTheGreatestNumbersToo() {
        LongSet set = new LongSet();
        assertThat(set.add(Long.MAX_VALUE)).isTrue();
        assertThat(set.add(Long.MAX_VALUE)).isFalse();
        assertThat(set.add(Long.MAX_VALUE - 1)).isTrue();
        assertThat(set.add(Long.MAX_VALUE)).isFalse();
        assertThat(set.add(0)).isTrue();
        assertThat(set.add(0)).isFalse();
    }

    @Test
    void anIndexNumbersKeysInTheOrderInWhichTheyCome() {
        Random random = new Random(1);
        LongIndex index = new LongIndex();
        Map<Long, Integer> expected = new HashMap<>();
        for (int i = 0; i < NUMBERS; i++) {
            long writer = random.nextInt(64);
            long key = random.nextInt(10) == 0 ? random.nextLong() : writer << 32 | random.nextInt(2000);
            int number = expected.computeIfAbsent(key, k -> expected.size());
            assertThat(index.number(key)).isEqualTo(number);
            assertThat(index.key(number)).isEqualTo(key);
        }
        assertThat(index.size()).isEqualTo(expected.size());
    }
}
