package dev.etalon.targets.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Method;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.RawRequest;
import dev.etalon.core.target.Request;
import dev.etalon.core.target.Settings;
import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.ReferenceServer;
import dev.etalon.targets.reference.Reply;
import java.util.List;
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

    /** Uploads stay, for which there are twenty refusals in a row; objects go all the same. */
    @Test
    void aServerThatAbortsNoUploadsKeepsNothingElse() throws Exception {
        Faithful faithful = new Faithful(Manner.AWS) {
            @Override
            public Reply answer(Call call) {
                boolean aborts =
                        call.method().equals("DELETE") && call.parameters().containsKey("uploadId");
                return aborts ? Reply.of(405) : super.answer(call);
            }
        };
        try (ReferenceServer server =
                ReferenceServer.start(faithful, ReferenceServer.Options.PLAIN, "etalon", "secret")) {
            Access access = Access.of(
                    Protocol.S3,
                    Settings.of(Map.of(
                            "etalon.url", "http://127.0.0.1:" + server.ports().get(0) + "/",
                            "etalon.access-key", "etalon",
                            "etalon.secret-key", "secret",
                            "etalon.bucket", "bucket")));
            try (Client client = access.readyClient();
                    Ledger ledger = access.options().ledger().orElseThrow()) {
                for (int i = 0; i < 30; i++) {
                    client.prepare(new Request(Method.COMPLETE, "etalon-u" + i, Precondition.NONE, new byte[1]));
                    client.send(Request.put("etalon-o" + i, Precondition.NONE, new byte[1]));
                }
                assertThat(ledger.clean(true, () -> false).orElseThrow())
                        .contains("(AbortMultipartUpload was answered 405)");
                for (int i = 0; i < 30; i++) {
                    assertThat(client.send(Request.get("etalon-o" + i)).status())
                            .isEqualTo(404);
                }
            }
        }
    }

    /** As lighttpd with several workers does, whose table of locks is busy now and then. */
    @Test
    void whatIsLockedGoesThoughTheLockCouldNotBeEnded() throws Exception {
        String token = "<urn:uuid:6ccfa9e6>";
        Faithful faithful = new Faithful(Manner.RFC9110) {
            @Override
            public Reply answer(Call call) {
                boolean holder = ("(" + token + ")").equals(call.header("If"));
                return switch (call.method()) {
                    case "LOCK" -> Reply.of(200).with("Lock-Token", token);
                    case "UNLOCK" -> Reply.of(500);
                    case "DELETE" -> holder ? super.answer(call) : Reply.of(423);
                    default -> super.answer(call);
                };
            }
        };
        try (ReferenceServer server =
                ReferenceServer.start(faithful, ReferenceServer.Options.PLAIN, "etalon", "secret")) {
            String url = "http://127.0.0.1:" + server.ports().get(0) + "/";
            Access access = Access.of(Protocol.HTTP, Settings.of(Map.of("etalon.url", url)));
            try (Client client = access.client();
                    RawWire wire = access.raw();
                    Ledger ledger = access.options().ledger().orElseThrow()) {
                client.send(Request.put("etalon-x", Precondition.NONE, new byte[1]));
                wire.send(new RawRequest(
                        "LOCK", List.of("etalon-x"), List.of(), List.of(), null, RawRequest.Credentials.USUAL));

                assertThat(ledger.clean(true, () -> false)).isEmpty();
                assertThat(client.send(Request.get("etalon-x")).status()).isEqualTo(404);
            }
        }
    }
}
