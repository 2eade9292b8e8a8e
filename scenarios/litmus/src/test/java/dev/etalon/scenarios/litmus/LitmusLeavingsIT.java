package dev.etalon.scenarios.litmus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.plan.Protocol;
import dev.etalon.core.session.Cell;
import dev.etalon.core.session.CellResult;
import dev.etalon.core.session.Session;
import dev.etalon.core.target.Settings;
import dev.etalon.litmus.run.LitmusRaces;
import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.ReferenceServer;
import dev.etalon.targets.reference.Reply;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server of the user's, before and after a litmus test: the same. */
class LitmusLeavingsIT {
    @TempDir
    Path runs;

    /** A server that knows every path that was ever asked for, and answers without a signature. */
    private static final class Listed extends Faithful {
        private final Set<String> asked = new ConcurrentSkipListSet<>();

        Listed(Manner manner) {
            super(manner);
        }

        @Override
        public Reply answer(Call call) {
            asked.add(call.path());
            return super.answer(call);
        }

        boolean has(String path) {
            return super.answer(new Call("GET", path, "", List.of(), InputStream.nullInputStream(), 0))
                            .status()
                    != 404;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerIsLeftAsItWas(Protocol protocol) throws Exception {
        Listed listed = new Listed(protocol == Protocol.S3 ? Manner.AWS : Manner.RFC9110);
        try (ReferenceServer server =
                ReferenceServer.start(listed, ReferenceServer.Options.PLAIN, "etalon", "secret")) {
            Settings settings = Settings.of(Map.of(
                    "etalon.url", "http://127.0.0.1:" + server.ports().get(0) + "/",
                    "etalon.protocol", protocol.name().toLowerCase(Locale.ROOT),
                    "etalon.access-key", "etalon",
                    "etalon.secret-key", "secret",
                    "etalon.bucket", "bucket",
                    "etalon.targets", "external",
                    "etalon.rounds", "4",
                    "etalon.runs", runs.toString()));
            try (LitmusRaces races = new LitmusRaces(settings);
                    Session session = new Session(settings, List.of())) {
                List<Cell> cells = session.cells(races.scenarios()).stream()
                        .filter(cell -> cell.scenario().id().endsWith("/litmus-two-writers-one-tag"))
                        .toList();
                assertThat(cells)
                        .isNotEmpty()
                        .allSatisfy(
                                cell -> assertThat(session.run(cell).status()).isEqualTo(CellResult.Status.VALID));
            }
            assertThat(listed.asked).hasSizeGreaterThan(4).noneMatch(listed::has);
        }
    }
}
