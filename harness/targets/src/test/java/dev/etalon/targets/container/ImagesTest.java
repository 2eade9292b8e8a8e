package dev.etalon.targets.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetUnavailableException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said when an image cannot be had, by a real engine. Skipped, with the reason, where none answers. */
class ImagesTest {
    private Engine engine;

    @BeforeEach
    void connect() {
        try {
            engine = Engine.connect();
        } catch (TargetUnavailableException e) {
            abort(e.getMessage());
        }
    }

    @Test
    void anImageThatCannotBeBuiltIsSaidNotToBeBuiltAndWhy() {
        assertThat(Images.build(engine, "no-such-target", "localhost/etalon/no-such-target:1"))
                .hasValueSatisfying(reason -> assertThat(reason).contains("Dockerfile"));
        assertThat(engine.has("localhost/etalon/no-such-target:1")).isFalse();
    }

    @Test
    void anImageTheUserNamedIsNotReplacedByAnother() {
        Settings settings = Settings.of(Map.of("etalon.image.httpd", "localhost/etalon/no-such-image:1"));
        assertThatThrownBy(() -> Images.obtain(engine, "httpd", settings))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageContaining("localhost/etalon/no-such-image:1 cannot be had: it is not present")
                .hasMessageContaining("etalon.image.httpd");
    }
}
