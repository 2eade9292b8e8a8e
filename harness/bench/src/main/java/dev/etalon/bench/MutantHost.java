package dev.etalon.bench;

import dev.etalon.targets.mutant.Mutant;
import dev.etalon.targets.reference.ReferenceServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A process that serves mutants, one at a time, so that client and server share neither heap nor collector. It stays the
 * same for all of them, so that its compiled code is warm. Used by one thread.
 */
final class MutantHost implements AutoCloseable {
    /** The command that serves whatever its standard input names, line by line, until that ends. */
    static final String SERVE = "serve-mutants";

    private final Process process;
    private final BufferedReader said;
    private final PrintWriter asked;

    private MutantHost(Process process) {
        this.process = process;
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.asked = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Starts the process. Nothing is served yet. */
    static MutantHost start() throws IOException {
        return new MutantHost(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx2g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Bench.class.getName(),
                        SERVE)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /**
     * The mutant of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    static Mutant named(String name) {
        List<Mutant> all = Mutant.all();
        return all.stream()
                .filter(mutant -> mutant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "a mutant is one of " + all.stream().map(Mutant::name).toList() + ": mutant=" + name));
    }

    /**
     * Serves another mutant, empty, instead of the one before.
     *
     * @return where it listens
     * @throws IOException when the process is gone
     */
    HttpUrl serve(Mutant mutant) throws IOException {
        asked.println(mutant.name());
        String port = said.readLine();
        if (port == null) {
            throw new IOException("the process that serves mutants has ended: mutant=" + mutant.name()
                    + "; its last words are above");
        }
        return HttpUrl.get("http://127.0.0.1:" + port + "/");
    }

    /** Serves for the process that started this one. */
    static void serve(PrintStream out) throws Exception {
        @Nullable ReferenceServer server = null;
        try (BufferedReader names = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String name = names.readLine(); name != null; name = names.readLine()) {
                if (server != null) {
                    server.close();
                }
                server = ReferenceServer.start(
                        named(name).server().get(), ReferenceServer.Options.PLAIN, "none", "none");
                out.println(server.ports().get(0));
                out.flush();
            }
        } finally {
            if (server != null) {
                server.close();
            }
        }
    }

    @Override
    public void close() {
        // The end of its input is the end of the process.
        asked.close();
        process.destroy();
    }
}
