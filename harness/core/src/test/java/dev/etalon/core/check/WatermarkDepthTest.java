package dev.etalon.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Chains as long as loosely bound clocks can make them. */
class WatermarkDepthTest {
    private static final int WRITES = 100_000;

    @Test
    void aLongChainMayComeInWithItsLastLink() {
        Watermark watermark = new Watermark();
        Watermark.Flight last = watermark.write(0, 1, Watermark.ABSENT, 1);
        for (int i = 1; i < WRITES; i++) {
            last = watermark.write(i, i + 1, i, i + 1);
        }
        watermark.applied(last);
        assertThat(watermark.violation()).isNull();
        Watermark.Flight read = watermark.read(WRITES);
        watermark.showed(read, WRITES - 1, WRITES - 1);
        assertThat(watermark.violation()).isNotNull();
    }
}
