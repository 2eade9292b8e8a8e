package dev.etalon.cli;

import dev.etalon.core.session.Cell;
import dev.etalon.core.session.ExitCode;
import dev.etalon.core.session.KnownFindings;
import dev.etalon.core.session.Session;
import dev.etalon.core.target.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Races targets and judges the histories. */
@Command(
        name = "race",
        description = {
            "Races one or more targets and judges the histories.",
            "Every option is also a setting: -Detalon.<name> or the environment's ETALON_<NAME>;"
                    + " of those that may be repeated the name is plural: etalon.targets, etalon.scenarios."
        })
final class Race implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Option(
            names = "--target",
            paramLabel = "NAME",
            description =
                    "bundled target to race; may be repeated; default: the one at --url, else all (see: etalon targets)")
    private List<String> targets = new ArrayList<>();

    @Option(
            names = "--scenario",
            paramLabel = "ID",
            description = "scenario to run; may be repeated; default: all of the target's protocol")
    private List<String> scenarios = new ArrayList<>();

    @CommandLine.Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(names = "--rounds", description = "rounds per scenario (default: 150)")
    private @Nullable String rounds;

    @Option(names = "--increments", description = "acknowledged increments per counter client (default: 25)")
    private @Nullable String increments;

    @Option(
            names = "--alignments",
            paramLabel = "NAMES",
            description =
                    "how racers are made to collide, for example gate,barrier (default: all that work on the target)")
    private @Nullable String alignments;

    @Option(
            names = "--versioning",
            paramLabel = "STATES",
            description = "kinds of S3 buckets to race in, in turn: off,enabled,suspended (default: all that a bundled"
                    + " target has; of the server at --url the bucket as it is)")
    private @Nullable String versioning;

    @Option(names = "--seed", description = "what every random choice of the plan derives from (default: 412)")
    private @Nullable String seed;

    @Option(names = "--runs", paramLabel = "DIR", description = "where run folders go (default: target/etalon)")
    private @Nullable String runs;

    @Option(names = "--keep", description = "leaves what it makes on the server and on this machine")
    private boolean keep;

    @Override
    public Integer call() {
        Map<String, String> flags = server.flags();
        ServerOptions.put(flags, "etalon.rounds", rounds);
        ServerOptions.put(flags, "etalon.increments", increments);
        ServerOptions.put(flags, "etalon.alignments", alignments);
        ServerOptions.put(flags, "etalon.versioning", versioning);
        ServerOptions.put(flags, "etalon.seed", seed);
        ServerOptions.put(flags, "etalon.runs", runs);
        ServerOptions.put(flags, "etalon.keep", keep ? "true" : null);
        ServerOptions.put(flags, "etalon.scenarios", String.join(",", scenarios));
        ServerOptions.put(flags, "etalon.targets", server.targets(targets));
        if (spec == null) {
            throw new IllegalStateException("picocli injects the spec before it runs a command");
        }
        Settings settings = ServerOptions.settings(spec, flags);
        Session session = new Session(settings, Session.reporters());
        List<Cell> cells;
        try (session) {
            cells = session.cells();
            server.checkWriteKnown(
                    cells.stream().map(cell -> cell.provider().info().name()));
            cells.forEach(session::run);
        }
        if (cells.isEmpty()) {
            throw new IllegalArgumentException(
                    "no scenario fits the chosen targets; see: etalon targets, etalon race --help");
        }
        server.writeKnown()
                .ifPresent(file -> KnownFindings.found(
                                cells.get(0).provider().info().name(),
                                session.summary().cells())
                        .addTo(file));
        ExitCode code = session.summary().exitCode();
        return code.code();
    }
}
