package dev.etalon.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.target.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Targets that an annotation leaves out: only where the user names none. */
class TargetsTest {
    private static final Settings NONE_NAMED = Settings.of(Map.of());

    @Test
    void whoNamesTargetsGetsThem() {
        Settings named = Settings.of(Map.of("etalon.targets", "slow,quick"));

        assertThat(Targets.without(List.of("slow"), named).list("etalon.targets"))
                .containsExactly("slow", "quick");
    }

    @Test
    void whereNothingIsLeftOutAllTargetsTakePart() {
        assertThat(Targets.without(List.of(), NONE_NAMED)).isSameAs(NONE_NAMED);
    }
}
