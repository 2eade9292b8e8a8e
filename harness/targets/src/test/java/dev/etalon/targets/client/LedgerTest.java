package dev.etalon.targets.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Precondition;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Request;
import dev.etalon.core.target.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {
    /** Nothing listens there. */
    private static final String NOWHERE = "http://127.0.0.1:1/folder/?sig=s3cr3tvalue";

    private static final String SHOWN = "http://127.0.0.1:1/folder/?sig=$ETALON_URL_SIG";

    @Test
    void credentialsInTheUrlAreNotInWhatIsSaidOfAServerThatIsGone() throws Exception {
        Access access = Access.of(Protocol.HTTP, Settings.of(Map.of("etalon.url", NOWHERE)));
        try (RawWire wire = access.raw()) {
            assertThat(wire.pulse().sentence()).contains(SHOWN).doesNotContain("s3cr3tvalue");
        }
    }

    @Test
    void credentialsInTheUrlAreNotInWhatIsSaidOfThingsThatCouldNotBeRemoved() throws Exception {
        Access access = Access.of(Protocol.HTTP, Settings.of(Map.of("etalon.url", NOWHERE)));
        try (Client client = access.client();
                Ledger ledger = access.options().ledger().orElseThrow()) {
            client.send(Request.put("etalon-x", Precondition.NONE, new byte[1]));

            assertThat(ledger.clean(true, () -> false).orElseThrow())
                    .startsWith("1 thing could not be removed from " + SHOWN + " (no answer came to DELETE)")
                    .doesNotContain("s3cr3tvalue");
        }
    }
}
