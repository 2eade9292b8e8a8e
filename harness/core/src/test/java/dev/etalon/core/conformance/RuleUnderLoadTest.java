package dev.etalon.core.conformance;

import static dev.etalon.core.conformance.BusyServer.answer;
import static dev.etalon.core.conformance.BusyServer.silence;
import static dev.etalon.core.rule.Send.put;
import static dev.etalon.core.rule.Then.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.conformance.RuleVerdict.Beside;
import dev.etalon.core.conformance.RuleVerdict.ExampleVerdict;
import dev.etalon.core.conformance.RuleVerdict.Sample;
import dev.etalon.core.conformance.RuleVerdict.Status;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Step;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.RawAnswer;
import dev.etalon.core.target.RawClient;
import dev.etalon.core.target.RawField;
import dev.etalon.core.target.RawRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RuleUnderLoadTest {
    private static final int TIMES = BusyServer.AT_REST;
    private static final int WORKERS = 3;

    private static final Rule REFUSAL = Rule.http("T-01", "If-Match with another tag refuses a PUT")
            .must("RFC 9110 §13.1.1")
            .given(Step.of(put("old {key}")))
            .when(put().header("If-Match", "{X}"))
            .then(status(412).unchanged());

    private static RuleVerdict run(RawClient client) {
        return run(client, REFUSAL, () -> false);
    }

    private static RuleVerdict run(RawClient client, Rule rule, BooleanSupplier stop) {
        return new RuleRun(client, Dialect.RFC9110, TIMES, WORKERS, "test", stop).run(rule);
    }

    private static ExampleVerdict only(RuleVerdict verdict) {
        return verdict.examples().get(0);
    }

    private static Sample loaded(RuleVerdict verdict) {
        return only(verdict).loaded().orElseThrow();
    }

    @Test
    void aRuleThatIsKeptAtRestAndUnderLoadPassesWithABoundForEach() {
        RuleVerdict verdict = run(BusyServer.honest());

        assertThat(verdict.status()).isEqualTo(Status.PASS);
        assertThat(verdict.deterministic()).isTrue();
        assertThat(only(verdict).quiet().distribution()).isEqualTo(Map.of("412", TIMES));
        assertThat(loaded(verdict).distribution()).isEqualTo(Map.of("412", TIMES));
        assertThat(RuleText.row(verdict))
                .endsWith("[0 other answers in 100: under 3.0 % at 95 %; under load 0 in 100: under 3.0 % at 95 %]");
    }

    @Test
    void theLoadIsThereOnlyForTheSecondSeries() {
        AtomicReference<BusyServer> server = new AtomicReference<>();
        AtomicInteger besideAtRest = new AtomicInteger();
        server.set(new BusyServer((n, loaded) -> {
            if (!loaded) {
                besideAtRest.addAndGet(server.get().beside().size());
            }
            return Optional.empty();
        }));

        run(server.get());

        assertThat(besideAtRest).hasValue(0);
        assertThat(server.get().beside()).isNotEmpty();
    }

    @Test
    void theLoadReadsTheSubjectAndWritesOnlyKeysOfItsOwn() {
        BusyServer server = BusyServer.honest();

        Beside beside = loaded(run(server)).beside().orElseThrow();

        Map<Boolean, List<RawRequest>> bySubject = server.beside().stream()
                .collect(Collectors.partitioningBy(
                        request -> request.path().get(0).startsWith("etalon-test-t-01-")));
        List<RawRequest> onSubjects = bySubject.get(true);
        assertThat(onSubjects).isNotEmpty().allSatisfy(request -> {
            assertThat(request.method()).isIn("GET", "HEAD");
            assertThat(request.headers()).containsExactly(new RawField("Cache-Control", "no-cache"));
        });
        assertThat(bySubject.get(false))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.path().get(0)).matches("etalon-test-load-[012]"));
        assertThat(beside.requests()).isEqualTo(server.beside().size());
        assertThat(beside.onSubject()).isEqualTo(onSubjects.size());
        assertThat(beside.unanswered()).isZero();
    }

    @Test
    void theLoadIsBoundedAndLeavesNothingBehind() {
        BusyServer server = BusyServer.honest();

        run(server);

        assertThat(server.inFlightMax()).isLessThanOrEqualTo(WORKERS + 1);
        assertThat(server.beside())
                .hasSizeGreaterThanOrEqualTo(TIMES)
                .hasSizeLessThanOrEqualTo(TIMES * WORKERS * Load.REQUESTS_MAX + WORKERS);
        assertThat(server.keys()).noneMatch(key -> key.contains("-load-"));
    }

    @Test
    void anAnswerThatChangesUnderLoadAloneIsFlapping() {
        RuleVerdict verdict =
                run(new BusyServer((n, loaded) -> loaded && n % 50 == 0 ? Optional.of(answer(403)) : Optional.empty()));

        assertThat(verdict.status()).isEqualTo(Status.FLAPPING);
        assertThat(verdict.broken()).isTrue();
        assertThat(verdict.deterministic()).isFalse();
        assertThat(verdict.sentence())
                .isEqualTo("not the same answer each time: quiet 100 × 412"
                        + " | under load 98 × 412, 2 × 403; status is 403, owed is [412]");
        assertThat(RuleText.witness(verdict)).contains("answer   403; status is 403, owed is [412] (only under load)");
    }

    @Test
    void anotherAnswerEveryTimeUnderLoadIsFlappingAndNotJustAnotherRule() {
        RuleVerdict verdict = run(new BusyServer((n, loaded) -> loaded ? Optional.of(answer(409)) : Optional.empty()));

        assertThat(verdict.status()).isEqualTo(Status.FLAPPING);
        assertThat(verdict.sentence()).contains("quiet 100 × 412 | under load 100 × 409");
    }

    @Test
    void whatIsTurnedAwayUnderLoadIsAskedAgainAndSaid() {
        RuleVerdict verdict = run(new BusyServer((n, loaded) ->
                loaded && n % 4 == 0 ? Optional.of(answer(List.of(429, 500, 503).get(n / 4 % 3))) : Optional.empty()));

        assertThat(verdict.status()).isEqualTo(Status.PASS);
        assertThat(loaded(verdict).answered()).isEqualTo(TIMES);
        assertThat(loaded(verdict).unknown()).containsOnlyKeys("429", "500", "503");
        assertThat(RuleText.row(verdict)).contains(loaded(verdict).unknowns() + " unanswered and asked again");
    }

    @Test
    void aServerThatAnswersNothingUnderLoadIsUndecidedAndNotWrong() {
        RuleVerdict verdict = run(new BusyServer((n, loaded) -> loaded ? Optional.of(silence()) : Optional.empty()));

        assertThat(verdict.status()).isEqualTo(Status.UNDECIDED);
        assertThat(verdict.broken()).isFalse();
        assertThat(verdict.sentence())
                .startsWith("under load 0 of 100 repetitions answered; nothing follows from 10 × nothing (timeout): ");
    }

    @Test
    void aServerThatFailsOnEveryRequestUnderLoadIsUndecidedAndNotWrong() {
        RuleVerdict verdict = run(new BusyServer((n, loaded) -> loaded ? Optional.of(answer(500)) : Optional.empty()));

        assertThat(verdict.status()).isEqualTo(Status.UNDECIDED);
        assertThat(loaded(verdict).unknown()).isEqualTo(Map.of("500", 10));
    }

    @Test
    void anErrorOfAServerAtRestIsAnAnswer() {
        RuleVerdict verdict = run(new BusyServer((n, loaded) -> Optional.of(answer(500))));

        assertThat(verdict.status()).isEqualTo(Status.FAIL);
    }

    @Test
    void notImplementedIsAnAnswerEvenUnderLoad() {
        RuleVerdict verdict = run(new BusyServer((n, loaded) -> Optional.of(answer(501))));

        assertThat(verdict.status()).isEqualTo(Status.NOT_SUPPORTED);
        assertThat(loaded(verdict).answered()).isEqualTo(TIMES);
    }

    @Test
    void aServerThatCannotLookIsUnknownEvenAtRest() {
        RuleVerdict verdict = run(new BusyServer((n, loaded) -> Optional.of(answer(503))));

        assertThat(verdict.status()).isEqualTo(Status.UNDECIDED);
        assertThat(only(verdict).quiet().unknown()).isEqualTo(Map.of("503", 3));
        assertThat(only(verdict).loaded()).isEmpty();
    }

    @Test
    void slowDownIsUnknownWhereverItStands() {
        byte[] slowDown = "<Error><Code>SlowDown</Code></Error>".getBytes(StandardCharsets.UTF_8);
        RuleVerdict verdict = run(new BusyServer((n, loaded) -> loaded && n % 2 == 0
                ? Optional.of(new RawAnswer(400, List.of(), slowDown, null, null))
                : Optional.empty()));

        assertThat(verdict.status()).isEqualTo(Status.PASS);
        assertThat(loaded(verdict).unknown()).containsOnlyKeys("400 SlowDown");
    }

    @Test
    void aStatusThatIsOwedIsAnAnswerWhateverItMeansElsewhere() {
        Rule rule = Rule.http("T-02", "A teapot is busy")
                .may("nowhere")
                .given(Step.of(put("old {key}")))
                .when(put().header("If-Match", "{X}"))
                .then(status(429).unchanged());

        assertThat(run(new BusyServer((n, loaded) -> Optional.of(answer(429))), rule, () -> false)
                        .status())
                .isEqualTo(Status.PASS);
    }

    @Test
    void valuesThatDifferFromTimeToTimeDoNotMakeTwoAnswersOfOne() {
        Rule rule = Rule.http("T-03", "A refusal says the tag")
                .may("nowhere")
                .given(Step.of(put("old {key}")))
                .when(put().header("If-Match", "{X}"))
                .then(status(412).header("ETag", "{E}"));
        RuleVerdict verdict = run(
                new BusyServer((n, loaded) -> Optional.of(
                        new RawAnswer(412, List.of(new RawField("ETag", "\"" + n + "\"")), new byte[0], null, null))),
                rule,
                () -> false);

        assertThat(verdict.status()).isEqualTo(Status.FAIL);
        assertThat(verdict.deterministic()).isTrue();
        assertThat(loaded(verdict).distribution()).isEqualTo(Map.of("412; ETag is not as owed", TIMES));
        assertThat(verdict.sentence()).startsWith("ETag is \"1\", owed is \"");
    }

    @Test
    void aRunThatIsStoppedUnderLoadIsUndecidedAndKeepsWhatItHas() {
        BusyServer server = BusyServer.honest();

        RuleVerdict verdict = run(server, REFUSAL, () -> !server.beside().isEmpty());

        assertThat(verdict.status()).isEqualTo(Status.UNDECIDED);
        assertThat(only(verdict).quiet().answered()).isEqualTo(TIMES);
        assertThat(verdict.sentence()).startsWith("under load ").endsWith("the run was stopped");
    }

    @Test
    void withoutWorkersThereIsNoLoad() {
        BusyServer server = BusyServer.honest();

        RuleVerdict verdict = new RuleRun(server, Dialect.RFC9110, TIMES, 0, "test", () -> false).run(REFUSAL);

        assertThat(verdict.status()).isEqualTo(Status.PASS);
        assertThat(only(verdict).loaded()).isEmpty();
        assertThat(server.beside()).isEmpty();
    }

    @Test
    void moreWorkersThanAllowedAreRefused() {
        assertThatThrownBy(() ->
                        new RuleRun(BusyServer.honest(), Dialect.RFC9110, 1, RuleRun.LOAD_MAX + 1, "test", () -> false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("load=65");
    }

    @Test
    void anAnswerThatChangesUnderLoadIsToldWithBothSeries() throws IOException {
        RuleVerdict verdict =
                run(new BusyServer((n, loaded) -> loaded && n == 142 ? Optional.of(answer(403)) : Optional.empty()));
        // How many requests the load gets in depends on the machine.
        String text = (RuleText.row(verdict) + "\n" + RuleText.witness(verdict))
                .replaceAll("\\d+ requests, \\d+ of them", "N requests, M of them");

        assertThat(text).isEqualTo(golden("under-load.txt"));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = RuleUnderLoadTest.class.getResourceAsStream("/golden-rules/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
