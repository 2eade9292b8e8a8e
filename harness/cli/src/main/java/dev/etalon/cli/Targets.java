package dev.etalon.cli;

import dev.etalon.core.plan.Scenario;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetInfo;
import dev.etalon.core.target.TargetProvider;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Lists what can be raced, and with what. */
@Command(name = "targets", description = "Lists the bundled targets and the scenarios of each protocol.")
final class Targets implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("picocli injects the spec before it runs a command");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("Targets:");
        Settings settings = Settings.ofProcess();
        for (TargetProvider provider : ServiceLoader.load(TargetProvider.class)) {
            TargetInfo info = provider.as(settings).info();
            if (provider.configured(settings)) {
                out.printf(
                        Locale.ROOT,
                        "  %-20s %-10s %-5s %s%n",
                        info.name(),
                        info.kind().name().toLowerCase(Locale.ROOT),
                        info.protocol().name().toLowerCase(Locale.ROOT),
                        info.product());
            }
        }
        out.println("Scenarios:");
        for (Scenario scenario : ServiceLoader.load(Scenario.class)) {
            out.printf(Locale.ROOT, "  %-20s %s%n", scenario.id(), scenario.promise());
        }
        out.flush();
    }
}
