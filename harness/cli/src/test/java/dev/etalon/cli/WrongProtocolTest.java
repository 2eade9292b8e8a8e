package dev.etalon.cli;

import static dev.etalon.cli.Ended.etalon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.ReferenceServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is asked in the wrong protocol is suspected of the other one, in words that can be typed. */
class WrongProtocolTest {
    @TempDir
    private Path runs;

    private String asked(Manner manner, String... options) throws Exception {
        try (ReferenceServer server =
                ReferenceServer.start(new Faithful(manner), ReferenceServer.Options.PLAIN, "etalon", "etalon-secret")) {
            Object[] typed = new Object[6 + options.length];
            System.arraycopy(
                    new Object[] {
                        "rules",
                        "--url",
                        "http://127.0.0.1:" + server.ports().get(0) + "/",
                        "--runs",
                        runs,
                        "--capabilities"
                    },
                    0,
                    typed,
                    0,
                    6);
            System.arraycopy(options, 0, typed, 6, options.length);
            Ended ended = etalon(typed);
            assertThat(ended.code()).as(ended.text()).isEqualTo(69);
            return ended.text();
        }
    }

    @Test
    void anS3ServerThatIsAskedAsHttp() throws Exception {
        assertThat(asked(Manner.AWS)).contains("if it is an S3 server, set --protocol=s3.");
    }

    @Test
    void anHttpServerThatIsAskedAsS3() throws Exception {
        assertThat(asked(Manner.RFC9110, "--protocol", "s3", "--access-key", "etalon", "--secret-key", "etalon-secret"))
                .contains("if it is a plain HTTP server, set --protocol=http.");
    }
}
