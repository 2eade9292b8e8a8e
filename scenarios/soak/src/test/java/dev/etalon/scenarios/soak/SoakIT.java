package dev.etalon.scenarios.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetInfo;
import dev.etalon.core.target.TargetProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Free runs on every embedded server at the same time, for {@code etalon.soak} ({@code PT20M}, say), each judged when it is
 * over: nothing is found but what is known of the server. The default is a sample on the faithful servers. {@code etalon
 * report target/soak} makes the reports of the runs that are kept.
 */
class SoakIT {
    private static final Settings PROCESS = Settings.ofProcess();

    /** One run of each scenario. */
    private static final Duration SAMPLE = Duration.ofMillis(1);

    private static final Duration LONGEST = Duration.ofHours(12);

    private static final List<String> MEASURED = Collections.synchronizedList(new ArrayList<>());

    private static boolean sample() {
        return PROCESS.get("etalon.soak").isEmpty();
    }

    static Stream<String> embedded() {
        return ServiceLoader.load(TargetProvider.class).stream()
                .map(provider -> provider.get().info())
                .filter(info -> info.kind() == TargetInfo.Kind.EMBEDDED)
                .map(TargetInfo::name)
                .filter(name -> !sample() || name.startsWith("reference-"));
    }

    private static TargetProvider provider(String name) {
        return ServiceLoader.load(TargetProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.info().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("embedded")
    void showsNothingNewHoweverLongItRuns(String target) throws IOException {
        // Long runs give late effects time; a sample has to be over soon.
        Settings settings = PROCESS.with(
                Map.of("etalon.increments", PROCESS.get("etalon.soak.increments", sample() ? "10" : "250")));
        Soak soak = new Soak(settings, settings.runs().resolve(target));

        soak.run(provider(target), PROCESS.duration("etalon.soak", SAMPLE, LONGEST));

        MEASURED.add(soak.text());
        assertThat(soak.passes()).isPositive();
        assertThat(soak.unexpected()).as(soak.text()).isEmpty();
        assertThat(soak.undecided()).as(soak.text()).isEmpty();
    }

    @AfterAll
    static void tell() {
        System.out.println("\nSoak");
        MEASURED.stream().sorted().forEach(System.out::println);
    }
}
