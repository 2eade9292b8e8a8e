package dev.etalon.reports.text;

import java.nio.file.Path;

/** Where things lie, said so that a folder can be moved with its report. */
public final class Places {
    private Places() {}

    /** The way from the folder of a report to a run, with {@code /} on every system. */
    public static String from(Path report, Path run) {
        Path from = report.toAbsolutePath().normalize();
        Path to = run.toAbsolutePath().normalize();
        boolean related = from.getRoot() != null && from.getRoot().equals(to.getRoot());
        return (related ? from.relativize(to) : to).toString().replace('\\', '/');
    }
}
