package dev.etalon.targets.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.plan.Alignment;
import dev.etalon.core.plan.RequestShape;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.TargetUnavailableException;
import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.ReferenceServer;
import dev.etalon.targets.reference.Reply;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

/** A server is taken that takes writes, if only with conditions; another one is told what is wrong. */
class HttpAccessTest {
    private final List<String> writes = new CopyOnWriteArrayList<>();

    /** Does something with a ready client of a server. */
    private interface Use {
        void of(Client client) throws Exception;
    }

    private void ready(Faithful faithful, Use use) throws Exception {
        try (ReferenceServer server =
                ReferenceServer.start(faithful, ReferenceServer.Options.PLAIN, "etalon", "secret")) {
            HttpUrl url = HttpUrl.get("http://127.0.0.1:" + server.ports().get(0) + "/");
            try (Client client = new HttpAccess(url).readyClient()) {
                use.of(client);
            }
        }
    }

    private Faithful demanding() {
        return new Faithful(Manner.RFC9110, true) {
            @Override
            public Reply answer(Call call) {
                Reply reply = super.answer(call);
                if (!call.method().equals("GET")) {
                    writes.add(call.method() + " " + reply.status());
                }
                return reply;
            }
        };
    }

    @Test
    void aServerThatDemandsAConditionIsWrittenToWithOne() throws Exception {
        ready(demanding(), client -> {
            assertThat(client.offers()).contains(Alignment.Need.EXPECTATION);
            assertThat(client.demandsConditions()).isTrue();
        });
        assertThat(writes).contains("PUT 428", "PUT 201", "DELETE 428", "DELETE 204");
    }

    @Test
    void aServerThatDemandsAConditionAndRefusesEachIsNotOne() {
        Faithful never = new Faithful(Manner.RFC9110) {
            @Override
            public Reply answer(Call call) {
                return call.method().equals("PUT") ? Reply.of(428) : super.answer(call);
            }
        };
        assertThatThrownBy(() -> ready(never, client -> {}))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageContaining("was answered 428 and the GET after it 404")
                .hasMessageEndingWith("name a folder that takes PUT with etalon.url.");
    }

    @Test
    void aServerThatTakesPlainWritesIsAskedForNothingElse() {
        assertThatCode(() -> ready(
                        new Faithful(Manner.RFC9110) {
                            @Override
                            public Reply answer(Call call) {
                                return call.condition("If-None-Match") == null ? super.answer(call) : Reply.of(501);
                            }
                        },
                        client -> {}))
                .doesNotThrowAnyException();
    }

    @Test
    void aServerThatRefusesToBeAskedFirstIsSentOtherShapesAllTheSame() throws Exception {
        Faithful refusing = new Faithful(Manner.RFC9110) {
            @Override
            public Reply answer(Call call) {
                return call.header("Expect") == null ? super.answer(call) : Reply.of(417);
            }
        };
        ready(refusing, client -> {
            assertThat(client.offers()).doesNotContain(Alignment.Need.EXPECTATION);
            assertThat(client.shapes()).contains(RequestShape.CHUNKED, RequestShape.JSON);
            assertThat(client.demandsConditions()).isFalse();
        });
    }
}
