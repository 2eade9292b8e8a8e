package dev.etalon.core.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The reports on the class path, and the folder that they are written to. */
public final class Reports {
    /** Lists what an earlier call wrote, a path a line: nothing else in the folder is ever removed. */
    private static final String LIST = ".etalon-report";

    private final List<Report> chosen;

    Reports(List<Report> chosen) {
        this.chosen = chosen;
    }

    /**
     * Chooses reports by their names.
     *
     * @param names when empty all there are, but for those that are to be asked for ({@link Report#onRequest})
     * @throws IllegalArgumentException with a sentence for the user when there is none of that name
     */
    public static Reports named(List<String> names) {
        List<Report> all = ServiceLoader.load(Report.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Report::name))
                .toList();
        List<String> known = all.stream().map(Report::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "etalon.reports must name some of " + String.join(", ", known) + ": etalon.reports=" + name);
            }
        }
        return new Reports(all.stream()
                .filter(report -> names.isEmpty() ? !report.onRequest() : names.contains(report.name()))
                .toList());
    }

    /** Whether there is nothing to write: no report is on the class path. */
    public boolean none() {
        return chosen.isEmpty();
    }

    /**
     * Writes every report into one folder, in place of those that were written there before. Files that none of them
     * wrote stay.
     *
     * <p>A report that fails does not keep the others from being written.
     *
     * @return by name, what a person opens first
     * @throws IOException with a sentence that says what to do, when one of them could not be written
     */
    public Map<String, Path> write(Archive archive, Path folder) throws IOException {
        Path out = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(out);
            clear(out);
            List<Path> before = files(out);
            Map<String, Path> entries = new LinkedHashMap<>();
            List<IOException> failures = new ArrayList<>();
            for (Report report : chosen) {
                try {
                    entries.put(report.name(), report.write(archive, out));
                } catch (IOException | RuntimeException e) {
                    failures.add(new IOException("report " + report.name() + ": " + e, e));
                }
            }
            List<Path> written = new ArrayList<>(files(out));
            written.removeAll(before);
            Files.write(
                    out.resolve(LIST),
                    written.stream()
                            .map(path -> out.relativize(path).toString())
                            .toList());
            if (!failures.isEmpty()) {
                IOException first = failures.remove(0);
                failures.forEach(first::addSuppressed);
                throw first;
            }
            return entries;
        } catch (IOException e) {
            throw new IOException(
                    "the report could not be written (" + e.getMessage()
                            + "); free space there, or name another folder: folder=" + out,
                    e);
        }
    }

    private static void clear(Path out) throws IOException {
        List<String> written;
        try {
            written = Files.readAllLines(out.resolve(LIST));
        } catch (NoSuchFileException e) {
            return;
        }
        for (String name : written) {
            Path file = out.resolve(name).normalize();
            // The list is a file like any other: whatever it says, nothing outside of the folder is removed.
            if (file.startsWith(out)) {
                Files.deleteIfExists(file);
            }
        }
        Files.delete(out.resolve(LIST));
    }

    private static List<Path> files(Path out) throws IOException {
        try (Stream<Path> walk = Files.walk(out)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
