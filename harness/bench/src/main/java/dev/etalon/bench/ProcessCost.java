package dev.etalon.bench;

import dev.etalon.core.store.HistoryLines;
import dev.etalon.core.store.HistoryRows;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What {@code etalon judge FILE} costs as a whole: processor time with virtual machine, compiler and garbage
 * collector, and the most memory it had at a time. Two builds take turns, so that neighbours hit both alike. Linux only.
 */
final class ProcessCost {
    /** How a kernel counts processor time for {@code /proc}: Linux has it at 100 on every platform that has Java. */
    private static final double TICKS_PER_SECOND = 100;

    /** Where {@code /proc/self/stat} has the time of the children that were waited for, behind the name of the process. */
    private static final int CHILDREN_AT = 13;

    /** Peaks are kept by the kernel; only what comes within the last moment of a process is missed. */
    private static final long SAMPLE_MS = 10;

    private static final double KIB_PER_MIB = 1024;

    private final Arguments arguments;
    private final PrintStream out;

    ProcessCost(Arguments arguments, PrintStream out) {
        this.arguments = arguments;
        this.out = out;
    }

    /** One process. */
    private record Cost(double cpuSeconds, double peakMib) {}

    void run() throws IOException, InterruptedException {
        Generator.Settings settings = arguments.settings(1_000_000, 64);
        Map<String, Path> jars = new TreeMap<>();
        for (String name : List.of("baseline", "candidate", "launcher")) {
            String jar = arguments.text(name, name.equals("candidate") ? null : "");
            if (!jar.isEmpty()) {
                jars.put(name, Path.of(jar));
            }
        }
        out.println("process: " + settings);
        Path folder = Files.createTempDirectory("etalon-process");
        try {
            for (Path file : write(settings, folder)) {
                compare(file, jars);
            }
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    /** The same operations as rows and as JSON Lines, and those with the tags that rows leave out. */
    private static List<Path> write(Generator.Settings settings, Path folder) throws IOException {
        Path rows = folder.resolve("rows.tsv");
        try (BufferedWriter file = Files.newBufferedWriter(rows, StandardCharsets.US_ASCII)) {
            new Generator(settings, new TsvWriter(file)).run();
        }
        Path lines = folder.resolve("lines.jsonl");
        HistoryLines.write(lines, HistoryRows.read(rows));
        Path tagged = folder.resolve("tagged.jsonl");
        HistoryLines.write(tagged, Recorded.of(settings).history());
        return List.of(rows, lines, tagged);
    }

    private void compare(Path file, Map<String, Path> jars) throws IOException, InterruptedException {
        Map<String, List<Cost>> costs = new TreeMap<>();
        for (int round = 0; round < arguments.number("rounds", 5); round++) {
            for (Map.Entry<String, Path> jar : jars.entrySet()) {
                costs.computeIfAbsent(jar.getKey(), name -> new ArrayList<>()).add(judge(jar.getValue(), file));
            }
        }
        costs.forEach((name, all) -> {
            double[] cpu = all.stream().mapToDouble(Cost::cpuSeconds).sorted().toArray();
            double[] peak = all.stream().mapToDouble(Cost::peakMib).sorted().toArray();
            out.printf(
                    Locale.ROOT,
                    "  %-12s %-9s %.2f s CPU (%.2f to %.2f), %.0f MiB (%.0f to %.0f)%n",
                    file.getFileName(),
                    name,
                    cpu[cpu.length / 2],
                    cpu[0],
                    cpu[cpu.length - 1],
                    peak[peak.length / 2],
                    peak[0],
                    peak[peak.length - 1]);
        });
    }

    /**
     * Judges a file as a user would.
     *
     * @param program a jar, for which the virtual machine gets no options, or the launcher beside it
     */
    private static Cost judge(Path program, Path file) throws IOException, InterruptedException {
        double before = childrenSeconds();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(
                program.toString().endsWith(".jar")
                        ? List.of(java, "-jar", program.toString())
                        : List.of(program.toString()));
        command.addAll(List.of("judge", file.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        double peak = 0;
        while (!process.waitFor(SAMPLE_MS, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peakMib(status));
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException("a faithful history is not valid: exit=" + process.exitValue() + " program="
                    + program + " file=" + file);
        }
        return new Cost(childrenSeconds() - before, peak);
    }

    private static double childrenSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[CHILDREN_AT]) + Long.parseLong(fields[CHILDREN_AT + 1])) / TICKS_PER_SECOND;
    }

    private static double peakMib(Path status) {
        @Nullable String peak;
        try {
            peak = Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            // It has just ended.
            peak = null;
        }
        return peak == null ? 0 : Long.parseLong(peak.replaceAll("\\D", "")) / KIB_PER_MIB;
    }
}
