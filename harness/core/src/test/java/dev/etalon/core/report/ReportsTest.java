package dev.etalon.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {
    private static final Archive NOTHING = new Archive(List.of(), List.of(), List.of(), List.of());

    @TempDir
    Path folder;

    /** Writes one file of its name. */
    private record Writes(String name) implements Report {
        @Override
        public Path write(Archive archive, Path folder) throws IOException {
            return Files.writeString(folder.resolve(name), name);
        }
    }

    /** Has a defect. */
    private record Fails(String name) implements Report {
        @Override
        public Path write(Archive archive, Path folder) {
            throw new IllegalStateException("a defect");
        }
    }

    @Test
    void whatWasWrittenBeforeIsReplacedAndNothingElseIsTouched() throws IOException {
        Files.writeString(folder.resolve("mine"), "mine");
        new Reports(List.of(new Writes("old"))).write(NOTHING, folder);
        assertThat(new Reports(List.of(new Writes("new"))).write(NOTHING, folder))
                .isEqualTo(Map.of("new", folder.resolve("new")));
        assertThat(folder.resolve("old")).doesNotExist();
        assertThat(folder.resolve("mine")).hasContent("mine");
    }

    @Test
    void aReportThatFailsDoesNotKeepTheOthersFromBeingWritten() throws IOException {
        Reports reports = new Reports(List.of(new Fails("broken"), new Writes("fine")));
        assertThatThrownBy(() -> reports.write(NOTHING, folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("report broken: java.lang.IllegalStateException: a defect")
                .hasMessageContaining("folder=" + folder);
        assertThat(folder.resolve("fine")).exists();
        new Reports(List.of()).write(NOTHING, folder);
        assertThat(folder.resolve("fine")).as("it was listed all the same").doesNotExist();
    }
}
