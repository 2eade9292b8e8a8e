package dev.etalon.core.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder in which a target that we start keeps its data: of no use any more when the target has stopped. */
final class WorkFolder {
    private WorkFolder() {}

    /** Makes one that nobody else has. */
    static Path make(Path runs, String name) throws IOException {
        return Files.createTempDirectory(
                Files.createDirectories(runs.resolve(".targets")),
                name + "-" + ProcessHandle.current().pid() + "-");
    }

    /** Removes it with all that is in it; says why not, in one sentence. */
    static Optional<String> remove(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            List<Path> inside = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path each : inside) {
                Files.deleteIfExists(each);
            }
            Files.deleteIfExists(folder.resolveSibling(".").normalize());
            return Optional.empty();
        } catch (NoSuchFileException | DirectoryNotEmptyException e) {
            return Files.exists(folder) ? Optional.of(sentence(folder, e)) : Optional.empty();
        } catch (IOException | UncheckedIOException e) {
            return Optional.of(sentence(folder, e));
        }
    }

    private static String sentence(Path folder, Exception e) {
        return "A working folder could not be removed (" + e + "): " + folder;
    }
}
