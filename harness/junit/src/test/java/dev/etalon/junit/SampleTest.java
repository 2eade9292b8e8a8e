package dev.etalon.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.junit.Processors.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** A sample on machines whose clock and processors are as the test says. */
class SampleTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Use BEFORE = new Use(1000, 600, 100);
    private static final Use OTHERS_HAD_MOST = new Use(2000, 1590, 190);
    private static final Use WE_HAD_MOST = new Use(2000, 1590, 1000);

    private final AtomicLong now = new AtomicLong(-5);
    private int attempts;

    private Sample sample(long needed, Use after) {
        Iterator<Use> uses = List.of(BEFORE, after).iterator();
        return new Sample(needed, SECOND, now::get, uses::next);
    }

    /** An attempt that takes half a second and gets one. */
    private long one() {
        attempts++;
        now.addAndGet(SECOND.toNanos() / 2);
        return 1;
    }

    @Test
    void isFilledByAttemptsThatAddUp() {
        assertThat(sample(3, OTHERS_HAD_MOST).fill(this::one)).isEqualTo(3);
        assertThat(attempts).isEqualTo(3);
    }

    @Test
    void anAttemptThatGetsMoreThanNeededIsTheLast() {
        assertThat(sample(3, OTHERS_HAD_MOST).fill(() -> 5)).isEqualTo(5);
    }

    @Test
    void theLastAttemptCountsEvenIfTheTimeIsOver() {
        assertThat(sample(8, OTHERS_HAD_MOST).fill(this::one)).isEqualTo(8);
    }

    @Test
    void isSkippedIfShortAfterFourTimesItsLimitOnABusyMachine() {
        assertThatThrownBy(() -> sample(9, OTHERS_HAD_MOST).fill(this::one))
                .isInstanceOf(TestAbortedException.class)
                .hasMessage("no processor time: needed 9, got 8");
    }

    @Test
    void failsIfShortOnAMachineThatWasIdle() {
        assertThatThrownBy(() -> sample(9, WE_HAD_MOST).fill(this::one))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageStartingWith(
                        "sample: needed=9, got=8, idleLimit=PT1S, others had 9 % of the processors: raise the limit");
    }

    @Test
    void anAttemptMayThrowWhatItWants() {
        assertThatThrownBy(() -> sample(1, WE_HAD_MOST).fill(() -> {
                    throw new IOException("the attempt's own");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("the attempt's own");
    }

    @Test
    void refusesANeedOrALimitOfNothing() {
        assertThatThrownBy(() -> Sample.of(0, SECOND)).hasMessageStartingWith("sample: needed=0, idleLimit=PT1S:");
        assertThatThrownBy(() -> Sample.of(1, Duration.ZERO))
                .hasMessageStartingWith("sample: needed=1, idleLimit=PT0S:");
    }

    @Test
    void theShareOfOthersIsWhatWasBusyWithoutUs() {
        assertThat(BEFORE.shareOfOthers(OTHERS_HAD_MOST)).isEqualTo(0.9);
        assertThat(BEFORE.shareOfOthers(WE_HAD_MOST)).isEqualTo(0.09);
        assertThat(BEFORE.shareOfOthers(BEFORE)).isZero();
        assertThat(BEFORE.shareOfOthers(new Use(2000, 600, 900))).isZero();
    }

    @Test
    void readsTheFilesOfLinux(@TempDir Path proc) throws IOException {
        Path self = Files.createDirectories(
                proc.resolve(Long.toString(ProcessHandle.current().pid())));
        Files.writeString(proc.resolve("stat"), "cpu  100 20 30 1000 200 4 5 6 100 20\ncpu0 1 1 1 1 1 1 1 1 0 0\n");
        Files.writeString(
                self.resolve("stat"),
                "77 (a (name) of two) S 1 2 3 4 5 6 7 8 9 10 40 30 2 1 20 0 9 0 12345 18446744073709551615\n");
        assertThat(new Processors.Linux(proc).use()).isEqualTo(new Use(1365, 165, 73));
    }

    @Test
    void whatThisMachineTellsGrows() {
        Processors machine = Processors.ofThisMachine();
        Use before = machine.use();
        Use later = machine.use();
        assertThat(later.all()).isGreaterThanOrEqualTo(before.all());
        assertThat(before.shareOfOthers(later)).isBetween(0.0, 1.0);
    }
}
