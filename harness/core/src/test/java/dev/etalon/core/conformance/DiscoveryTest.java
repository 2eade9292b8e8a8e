package dev.etalon.core.conformance;

import static dev.etalon.core.conformance.BusyServer.answer;
import static dev.etalon.core.conformance.BusyServer.silence;
import static dev.etalon.core.rule.Send.put;
import static dev.etalon.core.rule.Then.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.conformance.Discovery.Discrepancy;
import dev.etalon.core.conformance.Discovery.State;
import dev.etalon.core.plan.Capability;
import dev.etalon.core.rule.Feature;
import dev.etalon.core.rule.Probe;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Send;
import dev.etalon.core.rule.Step;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.Exchange;
import dev.etalon.core.target.RawAnswer;
import dev.etalon.core.target.RawClient;
import dev.etalon.core.target.RawRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
    private static final String FOREIGN = "\"00000000000000000000000000000000\"";
    private static final Probe MATCH = ifMatch("PUT");
    private static final Probe CREATE = Probe.of("PUT", "If-None-Match: *", Rule.http("CAP-create", "create"))
            .given()
            .met(
                    "no resource",
                    put().header("If-None-Match", "*"),
                    status(200, 201).written())
            .given(Step.of(put("old {key}")))
            .unmet("a resource", put().header("If-None-Match", "*"), status(412).unchanged())
            .done();

    private static Probe ifMatch(String operation) {
        return Probe.of(operation, "If-Match", Rule.http("CAP-match", "match"))
                .given(Step.of(put("old {key}")))
                .met(
                        "the current tag",
                        put().header("If-Match", "{E}"),
                        status(200).written())
                .unmet(
                        "a tag never given",
                        put().header("If-Match", "{X}"),
                        status(412).unchanged())
                .done();
    }

    /** What a server does with a conditional write. */
    private interface Conduct {
        RawAnswer answer(RawRequest request, RawClient honest);
    }

    private static final Conduct HONEST =
            (request, honest) -> honest.send(request).answer();
    private static final Conduct BLIND =
            (request, honest) -> honest.send(plain(request)).answer();

    private static RawRequest plain(RawRequest request) {
        return new RawRequest(
                request.method(), request.path(), request.query(), List.of(), request.body(), request.credentials());
    }

    private static boolean foreign(RawRequest request) {
        return request.headers().get(0).value().equals(FOREIGN);
    }

    private record Server(RawClient honest, Conduct conduct) implements RawClient {
        @Override
        public Map<String, String> places() {
            return Map.of();
        }

        @Override
        public Exchange send(RawRequest request) {
            boolean condition =
                    request.headers().stream().anyMatch(field -> field.name().startsWith("If-"));
            return condition ? new Exchange(request, conduct.answer(request, honest)) : honest.send(request);
        }
    }

    private static Discovery discover(Probe probe, Conduct conduct) {
        RawClient server = new Server(BusyServer.honest(), conduct);
        return Discovery.of(probe, new RuleRun(server, Dialect.RFC9110, 4, "test", () -> false).run(probe.rule()));
    }

    @Test
    void aConditionThatLetsThroughAndRefusesIsHonoured() {
        assertThat(discover(MATCH, HONEST))
                .extracting(Discovery::state, Discovery::sentence)
                .containsExactly(State.HONOURED, "");
    }

    @Test
    void aConditionThatRefusesNothingIsIgnored() {
        assertThat(discover(MATCH, BLIND))
                .extracting(Discovery::state, Discovery::sentence)
                .containsExactly(State.IGNORED, "true: the current tag: 200; false: a tag never given: 200");
    }

    @Test
    void aServerThatSaysItDoesNotTakeAConditionRefusesIt() {
        byte[] body = "<Error><Code>NotImplemented</Code></Error>".getBytes(StandardCharsets.UTF_8);
        Discovery discovery = discover(MATCH, (request, honest) -> new RawAnswer(501, List.of(), body, null, null));

        assertThat(discovery)
                .extracting(Discovery::state, Discovery::sentence)
                .containsExactly(State.REFUSED, "501 NotImplemented");
        assertThat(discovery.cell()).isEqualTo("refused 501");
    }

    @Test
    void anAnswerThatChangesIsPartial() {
        AtomicInteger n = new AtomicInteger();
        Discovery discovery = discover(
                MATCH,
                (request, honest) ->
                        (foreign(request) && n.incrementAndGet() == 3 ? BLIND : HONEST).answer(request, honest));

        assertThat(discovery)
                .extracting(Discovery::state, Discovery::sentence)
                .containsExactly(State.PARTIAL, "true: the current tag: 200; false: a tag never given: 412 or 200");
    }

    @Test
    void aStatusIsNamedOnceWhateverElseDiffers() {
        AtomicInteger n = new AtomicInteger();
        Discovery discovery = discover(
                MATCH,
                (request, honest) ->
                        foreign(request) && n.incrementAndGet() == 3 ? answer(200) : BLIND.answer(request, honest));

        assertThat(discovery.sentence()).isEqualTo("true: the current tag: 200; false: a tag never given: 200");
    }

    @Test
    void aConditionThatLetsNothingThroughIsPartial() {
        assertThat(discover(MATCH, (request, honest) -> answer(412)).state()).isEqualTo(State.PARTIAL);
    }

    @Test
    void aRefusalThatIsNoneOfAConditionIsPartial() {
        Discovery discovery =
                discover(MATCH, (request, honest) -> foreign(request) ? answer(409) : HONEST.answer(request, honest));

        assertThat(discovery)
                .extracting(Discovery::state, Discovery::sentence)
                .containsExactly(State.PARTIAL, "true: the current tag: 200; false: a tag never given: 409");
    }

    @Test
    void aRefusalThatIsCarriedOutAllTheSameIsPartial() {
        Discovery discovery = discover(MATCH, (request, honest) -> {
            BLIND.answer(request, honest);
            return foreign(request) ? answer(412) : BLIND.answer(request, honest);
        });

        assertThat(discovery.state()).isEqualTo(State.PARTIAL);
    }

    @Test
    void silenceIsUndecidedAndAgreesWithAnyClaim() {
        Discovery discovery = discover(MATCH, (request, honest) -> silence());

        assertThat(discovery.state()).isEqualTo(State.UNDECIDED);
        assertThat(discovery.against(Set.of(Capability.PUT_IF_MATCH))).isEmpty();
        assertThat(discovery.against(Set.of())).isEmpty();
    }

    @Test
    void anOperationThatIsNotThereIsNotOffered() {
        assertThat(discover(teapot("If-Match"), HONEST).state()).isEqualTo(State.NOT_OFFERED);
    }

    private static Probe teapot(String condition) {
        Probe probe = ifMatch("BREW");
        Feature feature = Feature.of("teapots", Step.of(Send.get().at("teapot")).then(status(418)));
        return new Probe(probe.operation(), condition, probe.rule().needs(feature));
    }

    @Test
    void aClaimIsHeldAgainstWhatIsThere() {
        Discovery kept = discover(MATCH, HONEST);
        Discovery unkept = discover(MATCH, BLIND);

        assertThat(kept.against(Set.of(Capability.PUT_IF_MATCH))).isEmpty();
        assertThat(kept.against(Set.of()))
                .hasValueSatisfying(found -> assertThat(found.claimed()).isFalse());
        assertThat(unkept.against(Set.of(Capability.PUT_IF_MATCH)))
                .hasValueSatisfying(found -> assertThat(found.claimed()).isTrue());
        assertThat(unkept.against(Set.of())).isEmpty();
        assertThat(discover(ifMatch("BREW"), BLIND).against(Set.of()))
                .as("there is no such claim to make")
                .isEmpty();
    }

    @Test
    void aProbeHasToAskWithAConditionThatIsNotMet() {
        assertThatThrownBy(() -> Probe.of("PUT", "If-Match", Rule.http("CAP-x", "x"))
                        .met("the current tag", put().header("If-Match", "{E}"), status(200))
                        .done())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("probe=CAP-x");
        assertThatThrownBy(() -> new Probe(
                        "PUT", "If-Match", Rule.http("CAP-y", "y").when(put()).then(status(200))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("begin its name with true or false");
    }

    @Test
    void everythingIsShownInOneTable() throws IOException {
        List<Discovery> discoveries = List.of(
                discover(MATCH, BLIND),
                discover(CREATE, HONEST),
                discover(ifMatch("DELETE"), (request, honest) -> answer(501)),
                discover(ifMatch("GET"), (request, honest) -> answer(412)),
                discover(ifMatch("HEAD"), (request, honest) -> silence()),
                discover(teapot("If-Match"), HONEST),
                discover(teapot("If-None-Match"), HONEST));
        List<Discrepancy> discrepancies = discoveries.stream()
                .flatMap(discovery ->
                        discovery.against(Set.of(Capability.PUT_IF_MATCH, Capability.DELETE_IF_MATCH)).stream())
                .toList();

        assertThat(CapabilityText.table(discoveries)
                        + CapabilityText.discrepancies(discrepancies, false)
                        + CapabilityText.discrepancies(discrepancies.subList(0, 1), true))
                .isEqualTo(golden("capabilities.txt"));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = DiscoveryTest.class.getResourceAsStream("/golden-rules/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
