package dev.etalon.cli;

import dev.etalon.core.session.ExitCode;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.UnknownNameException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The {@code etalon} command. */
@Command(
        name = "etalon",
        description = "Does a server keep the promise of If-Match? Races it, records, judges, and says so.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Etalon.Version.class,
        subcommands = {Race.class, Rules.class, JudgeFiles.class, WriteReports.class, Targets.class},
        sortOptions = false,
        exitCodeOnInvalidInput = 64,
        exitCodeOnExecutionException = 70,
        exitCodeListHeading = "%nExit codes:%n")
public final class Etalon implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    private Etalon() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command line, for {@code main} and for tests. */
    static CommandLine commandLine() {
        CommandLine etalon = new CommandLine(new Etalon());
        Map<String, String> exitCodes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            exitCodes.put(Integer.toString(code.code()), code.meaning());
        }
        etalon.getCommandSpec().usageMessage().exitCodeList(exitCodes);
        etalon.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().usageMessage().exitCodeList(exitCodes));
        return etalon.setExecutionExceptionHandler((e, command, parsed) -> {
            PrintWriter err = command.getErr();
            if (e instanceof IllegalArgumentException) {
                // A setting that makes no sense: the message is one sentence for the user.
                err.println("etalon: " + typed(command, String.valueOf(e.getMessage())) + meant(e));
                return ExitCode.USAGE.code();
            }
            err.println("etalon: an internal error, please report it: " + e);
            e.printStackTrace(err);
            return ExitCode.INTERNAL.code();
        });
    }

    /** A sentence about settings, about the options instead that were given. */
    private static String typed(CommandLine command, String sentence) {
        CommandLine.Model.CommandSpec spec = command.getCommandSpec();
        Map<String, String> names = ServerOptions.names(spec);
        Map<String, String> given = new LinkedHashMap<>();
        names.forEach((setting, option) -> {
            if (command.getParseResult().hasMatchedOption(option)) {
                given.put(setting, "");
            }
        });
        return Settings.ofProcess().with(given).spokenAs(names).spoken(sentence);
    }

    /** What may have been meant by a name that is none, as picocli finds it for misspelt commands. */
    private static String meant(Exception e) {
        if (!(e instanceof UnknownNameException unknown)) {
            return "";
        }
        CommandLine names = new CommandLine(CommandLine.Model.CommandSpec.create());
        unknown.known().stream()
                .distinct()
                .forEach(name -> names.addSubcommand(name, CommandLine.Model.CommandSpec.create()));
        return new CommandLine.UnmatchedArgumentException(names, List.of(unknown.name()))
                .getSuggestions().stream()
                        .findFirst()
                        .map(name -> "; did you mean " + name + "?")
                        .orElse("");
    }

    /** Without a subcommand: says what there is. */
    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }

    /** The version of this build. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Etalon.class.getPackage().getImplementationVersion();
            return new String[] {"etalon " + (version == null ? "from source" : version)};
        }
    }
}
