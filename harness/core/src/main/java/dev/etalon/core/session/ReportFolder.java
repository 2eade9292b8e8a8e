package dev.etalon.core.session;

import dev.etalon.core.report.Archive;
import dev.etalon.core.report.Reports;
import dev.etalon.core.store.RunFolder;
import dev.etalon.core.target.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where everything that is stored below the folder of all runs is shown: {@code <runs>/report}. */
final class ReportFolder {
    private static final Logger LOG = LoggerFactory.getLogger(ReportFolder.class);

    private static final String SETTING = "etalon.reports";
    private static final String NONE = "none";

    /** The one that a person opens, where there are several. */
    private static final String FIRST = "html";

    private final Path runs;
    private final Optional<Reports> reports;

    /**
     * Chooses the reports.
     *
     * @param settings names them ({@code etalon.reports}); {@code none} for none, all when it is not set
     * @throws IllegalArgumentException with a sentence for the user when one is named that nobody has
     */
    ReportFolder(Settings settings, Path runs) {
        this.runs = runs;
        List<String> names = settings.list(SETTING);
        this.reports = names.equals(List.of(NONE))
                ? Optional.empty()
                : Optional.of(Reports.named(names)).filter(chosen -> !chosen.none());
    }

    /**
     * Writes the reports of everything that is stored. What goes wrong is a warning: the verdicts are there already.
     *
     * @return what a person opens first; empty when nothing was to be written, or could be
     */
    Optional<Path> write() {
        if (reports.isEmpty()) {
            return Optional.empty();
        }
        try {
            Archive archive = Archive.read(List.of(runs));
            archive.unreadable().forEach(sentence -> LOG.warn("not in the report: {}", sentence));
            Map<String, Path> entries = reports.get().write(archive, runs.resolve(RunFolder.REPORT));
            return Optional.ofNullable(entries.get(FIRST))
                    .or(() -> entries.values().stream().findFirst());
        } catch (IOException e) {
            LOG.warn("{}", e.getMessage());
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            LOG.warn("no report was written: {}; etalon report writes it again", e.toString());
            LOG.debug("report failed", e);
        }
        return Optional.empty();
    }
}
