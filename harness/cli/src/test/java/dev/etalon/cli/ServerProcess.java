package dev.etalon.cli;

import dev.etalon.core.target.RunningTarget;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetProvider;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;

/** A bundled server in a process of its own, so that a test can kill it. Ends when its standard input does. */
final class ServerProcess {
    private ServerProcess() {}

    public static void main(String[] args) throws Exception {
        for (TargetProvider provider : ServiceLoader.load(TargetProvider.class)) {
            if (provider.info().name().equals(args[0])) {
                try (RunningTarget target =
                        provider.start(new TargetProvider.Options(Settings.of(Map.of()), Path.of(args[1])))) {
                    System.out.println(target.url());
                    while (System.in.read() >= 0) {
                        // Only the end of the stream counts.
                    }
                }
                System.exit(0);
            }
        }
        throw new IllegalArgumentException("no such target: " + args[0]);
    }
}
