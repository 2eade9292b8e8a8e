package dev.etalon.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares what people read with a file that people have read. {@code -Detalon.golden.update=true} rewrites the files;
 * look at the difference before you commit it.
 */
final class Golden {
    private static final Path FILES = Path.of("src", "test", "resources", "golden");

    private Golden() {}

    static void check(String name, String actual) throws IOException {
        Path file = FILES.resolve(name + ".txt");
        if (Boolean.getBoolean("etalon.golden.update")) {
            Files.createDirectories(FILES);
            Files.writeString(file, actual);
        }
        assertThat(file)
                .as("no golden file; write it with -Detalon.golden.update=true")
                .exists();
        assertThat(actual)
                .as("differs from %s; if that is meant, rewrite it with -Detalon.golden.update=true", file)
                .isEqualTo(Files.readString(file));
    }
}
