package dev.etalon.scenarios.mutants;

import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetProvider;
import dev.etalon.core.target.TargetUnavailableException;
import dev.etalon.targets.embedded.ReferenceTarget;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.ReferenceServer;
import java.nio.file.Path;
import java.util.Map;

/** The first request of a virtual machine loads classes for longer than a short time limit leaves it. */
final class Warm {
    private Warm() {}

    /** Sends the first requests with the usual time limit. */
    static void up(Path work) throws TargetUnavailableException {
        for (Manner manner : Manner.values()) {
            TargetProvider target =
                    new ReferenceTarget("warm", manner, ReferenceServer.Options.PLAIN, () -> new Faithful(manner));
            target.start(new TargetProvider.Options(Settings.of(Map.of()), work))
                    .close();
        }
    }
}
