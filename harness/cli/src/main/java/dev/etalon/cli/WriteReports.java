package dev.etalon.cli;

import dev.etalon.core.report.Archive;
import dev.etalon.core.report.Reports;
import dev.etalon.core.session.ExitCode;
import dev.etalon.core.store.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes every report from stored runs. */
@Command(
        name = "report",
        description = {
            "Writes the reports of stored runs, in place of those that were written there before.",
            "Of the same folders always the same, byte by byte."
        })
final class WriteReports implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "FOLDER",
            defaultValue = "target/etalon",
            description = "run folder, or folder of run folders (default: ${DEFAULT-VALUE})")
    private List<Path> folders = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "where the reports go (default: report in the first folder)")
    private @Nullable Path out;

    @Option(
            names = "--report",
            paramLabel = "NAME",
            description = "report to write: html, json, junit, markdown, matrix, and single, one HTML"
                    + " file that can be mailed; may be repeated; default: all but single")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call() {
        Reports reports = Reports.named(names);
        Path to = out == null ? folders.get(0).resolve(RunFolder.REPORT) : out;
        try {
            Archive archive = Archive.read(folders);
            Map<String, Path> entries = reports.write(archive, to);
            PrintWriter console = commandLine().getOut();
            console.println("read: " + archive.races().size() + " runs of scenarios, "
                    + archive.answers().size() + " of rules, "
                    + archive.sessions().size() + " sessions");
            entries.forEach((name, entry) -> console.println(name + ": " + entry));
            console.flush();
            PrintWriter err = commandLine().getErr();
            archive.unreadable().forEach(sentence -> err.println("etalon: not read: " + sentence));
            err.flush();
            return (archive.unreadable().isEmpty() ? ExitCode.VALID : ExitCode.UNREADABLE).code();
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("picocli injects the spec before it runs a command");
        }
        return spec.commandLine();
    }
}
