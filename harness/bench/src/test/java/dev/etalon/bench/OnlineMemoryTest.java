package dev.etalon.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A heap that could not hold a fraction of the events is enough for the online checker: the limit is the assertion. */
class OnlineMemoryTest {
    @Test
    void a_million_operations_are_decided_in_a_heap_of_twelve_mebibytes() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx12m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Bench.class.getName(),
                        "online",
                        "operations=1e6",
                        "unknown=0.01")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(output).contains("verdict          VALID");
        assertThat(process.exitValue()).isZero();
    }
}
