package dev.etalon.targets.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.plan.Versioning;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.TargetUnavailableException;
import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.ReferenceServer;
import dev.etalon.targets.reference.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

/** How a bucket is made, and what is said when it is not. */
class S3AccessTest {
    /** Bodies of the requests that make a bucket. */
    private final List<String> constraints = new CopyOnWriteArrayList<>();

    /** As moto and VersityGW: us-east-1 is the place where a bucket is without a constraint, and with one it is refused. */
    private final class NoConstraintInTheFirstRegion extends Faithful {
        NoConstraintInTheFirstRegion() {
            super(Manner.AWS);
        }

        @Override
        public Reply answer(Call call) {
            if (call.method().equals("PUT")
                    && !call.name().contains("/")
                    && call.query().isEmpty()) {
                String body = new String(call.body(), StandardCharsets.UTF_8);
                constraints.add(body);
                if (body.contains("us-east-1")) {
                    return s3Error(400, "InvalidLocationConstraint", "The specified location-constraint is not valid");
                }
            }
            return super.answer(call);
        }
    }

    private static Reply s3Error(int status, String code, String message) {
        return Reply.of(status)
                .with("Content-Type", "application/xml")
                .with(("<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>")
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** Answers a part of all requests otherwise. */
    private static Faithful refusing(String method, String query, Reply reply) {
        return new Faithful(Manner.AWS) {
            @Override
            public Reply answer(Call call) {
                return call.method().equals(method) && call.query().startsWith(query) ? reply : super.answer(call);
            }
        };
    }

    private static void ready(Faithful faithful, String region, Versioning... versioning) throws Exception {
        try (ReferenceServer server =
                ReferenceServer.start(faithful, ReferenceServer.Options.PLAIN, "etalon", "secret")) {
            HttpUrl url = HttpUrl.get("http://127.0.0.1:" + server.ports().get(0) + "/");
            S3Access access =
                    new S3Access(url, region, "etalon", "secret", "bucket", List.of(versioning), WireOptions.DEFAULT);
            try (Client client = access.readyClient()) {
                assertThat(client.offers()).isNotEmpty();
            }
        }
    }

    @Test
    void aBucketInUsEast1IsMadeWithoutAConstraint() throws Exception {
        ready(new NoConstraintInTheFirstRegion(), "us-east-1", Versioning.OFF, Versioning.ENABLED);
        assertThat(constraints).containsExactly("", "");
    }

    @Test
    void aBucketElsewhereIsMadeWithTheConstraintOfItsRegion() throws Exception {
        ready(new NoConstraintInTheFirstRegion(), "eu-west-1", Versioning.OFF);
        assertThat(constraints)
                .singleElement()
                .asString()
                .contains("<LocationConstraint>eu-west-1</LocationConstraint>");
    }

    @Test
    void aRefusalToMakeABucketShowsTheServersOwnWords() {
        Reply reply = s3Error(403, "AccessDenied", "Only\n the   quota team makes buckets.");
        assertThatThrownBy(() -> ready(refusing("PUT", "", reply), "us-east-1", Versioning.OFF))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageContaining("was answered 403 AccessDenied: \"Only the quota team makes buckets.\"");
    }

    @Test
    void aRefusalToKeepVersionsShowsTheServersOwnWords() {
        Reply reply = s3Error(409, "InvalidBucketState", "Try again later.");
        assertThatThrownBy(() -> ready(refusing("PUT", "versioning", reply), "us-east-1", Versioning.ENABLED))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageContaining("409 InvalidBucketState: \"Try again later.\"");
    }
}
