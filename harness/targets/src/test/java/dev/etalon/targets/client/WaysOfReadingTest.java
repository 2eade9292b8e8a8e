package dev.etalon.targets.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Method;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import dev.etalon.core.plan.Versioning;
import dev.etalon.core.target.Answer;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Request;
import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** How a server can be read is asked before; what a range or HEAD shows is what GET shows. */
class WaysOfReadingTest {
    private static final byte[] BODY = "0123456789".getBytes(StandardCharsets.US_ASCII);

    /** A faithful server, but for its answers to what one method, or a range, asks for. */
    private static Faithful spoilt(boolean ofRange, UnaryOperator<Reply> spoiler) {
        return new Faithful(Manner.RFC9110) {
            @Override
            public Reply answer(Call call) {
                boolean other =
                        ofRange ? call.header("Range") != null : call.method().equals("HEAD");
                Reply reply = super.answer(call);
                return other ? spoiler.apply(reply) : reply;
            }
        };
    }

    private static Answer read(Client client, Method method, Precondition precondition) {
        return client.send(new Request(method, "k", Versioning.OFF, precondition, null));
    }

    @Test
    void aRangeShowsTheWholeBodyAndHeadTheTag() throws Exception {
        ReadyClient.of(new Faithful(Manner.RFC9110), client -> {
            client.send(Request.put("k", Precondition.NONE, BODY));
            Answer whole = client.send(Request.get("k"));

            assertThat(client.reads()).containsExactlyInAnyOrder(Method.GET, Method.GET_RANGE, Method.HEAD);
            Answer range = read(client, Method.GET_RANGE, Precondition.NONE);
            assertThat(range.status()).isEqualTo(206);
            assertThat(range.body()).isEqualTo(BODY);
            assertThat(range.tag()).isEqualTo(whole.tag());
            Answer head = read(client, Method.HEAD, Precondition.NONE);
            assertThat(head.successful()).isTrue();
            assertThat(head.tag()).isEqualTo(whole.tag());
            Precondition held = Precondition.ifNoneMatch(whole.tag(), Version.FOREIGN);
            assertThat(read(client, Method.HEAD, held).status()).isEqualTo(304);
        });
    }

    @Test
    void aServerThatAnswersHeadOtherwiseThanGetIsNotReadByIt() throws Exception {
        ReadyClient.of(
                spoilt(false, reply -> Reply.of(405)),
                client -> assertThat(client.reads()).containsExactlyInAnyOrder(Method.GET, Method.GET_RANGE));
        ReadyClient.of(
                spoilt(false, reply -> reply.with("ETag", "\"other\"")),
                client -> assertThat(client.reads()).doesNotContain(Method.HEAD));
        ReadyClient.of(
                spoilt(false, reply -> reply.as(200)),
                client -> assertThat(client.reads()).doesNotContain(Method.HEAD));
    }

    /** RFC 9110 §15.3.7: a server may send less than was asked for. Taken for the whole body, that would be a torn one. */
    @Test
    void ofARangeThatIsNotAllOfTheBodyNothingIsConcluded() throws Exception {
        UnaryOperator<Reply> half = reply -> reply.status() != 206
                ? reply
                : reply.with(Arrays.copyOf(reply.body(), reply.body().length / 2))
                        .with("Content-Range", "bytes 0-" + (reply.body().length / 2 - 1) + "/" + reply.body().length);
        ReadyClient.of(spoilt(true, half), client -> {
            client.send(Request.put("k", Precondition.NONE, BODY));

            assertThat(client.reads()).doesNotContain(Method.GET_RANGE);
            Answer range = read(client, Method.GET_RANGE, Precondition.NONE);
            assertThat(range.failure()).isNotNull();
            assertThat(range.detail()).contains("Content-Range: bytes 0-4/10");
        });
    }

    @Test
    void aServerThatKnowsNoRangesAnswersWithTheWholeBody() throws Exception {
        Faithful whole = new Faithful(Manner.RFC9110) {
            @Override
            public Reply answer(Call call) {
                return super.answer(call.header("Range") == null ? call : call.bare());
            }
        };
        ReadyClient.of(whole, client -> assertThat(client.reads()).contains(Method.GET_RANGE));
    }
}
