package dev.etalon.core.conformance;

import static dev.etalon.core.conformance.ScriptedServer.answer;
import static dev.etalon.core.conformance.ScriptedServer.silence;
import static dev.etalon.core.rule.Send.put;
import static dev.etalon.core.rule.Then.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.conformance.RuleVerdict.ExampleVerdict;
import dev.etalon.core.conformance.RuleVerdict.Status;
import dev.etalon.core.rule.Feature;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Send;
import dev.etalon.core.rule.Step;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.RawClient;
import dev.etalon.core.target.RawRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleRunTest {
    private static final Rule REFUSAL = Rule.http("T-01", "If-Match with another tag refuses a PUT")
            .must("RFC 9110 §13.1.1")
            .given(Step.of(put("old {key}")))
            .when(put().header("If-Match", "{X}"))
            .then(status(412).unchanged());

    private static final Rule SUCCESS = Rule.http("T-02", "If-Match with the current tag lets a PUT through")
            .must("RFC 9110 §13.1.1")
            .given(Step.of(put("old {key}")))
            .when(put().header("If-Match", "{E}"))
            .then(status(200, 204).written());

    private static RuleVerdict run(RawClient client, Rule rule) {
        return new RuleRun(client, Dialect.RFC9110, 100, "test", () -> false).run(rule);
    }

    private static ExampleVerdict only(RuleVerdict verdict) {
        return verdict.examples().get(0);
    }

    @Test
    void aRuleThatIsKeptEveryTimePasses() {
        RuleVerdict verdict = run(ScriptedServer.honest(), REFUSAL);

        assertThat(verdict.status()).isEqualTo(Status.PASS);
        assertThat(verdict.broken()).isFalse();
        assertThat(only(verdict).quiet().distribution()).isEqualTo(Map.of("412", 100));
        assertThat(RuleText.row(verdict)).contains("0 other answers in 100: under 3.0 % at 95 %");
    }

    @Test
    void theTagIsReadJustBeforeTheRequest() {
        assertThat(run(ScriptedServer.honest(), SUCCESS).status()).isEqualTo(Status.PASS);
    }

    @Test
    void everyRepetitionHasANameOfItsOwn() {
        ScriptedServer server = ScriptedServer.honest();

        run(server, REFUSAL);

        assertThat(server.requests().stream().map(RawRequest::path).distinct()).hasSize(100);
    }

    @Test
    void aWrongAnswerFailsWithTheExchangeAsWitness() {
        RuleVerdict verdict = run(new ScriptedServer((n, honest) -> answer(409)), REFUSAL);

        assertThat(verdict.status()).isEqualTo(Status.FAIL);
        assertThat(verdict.broken()).isTrue();
        assertThat(verdict.sentence()).isEqualTo("status is 409, owed is [412]");
        assertThat(only(verdict).witnesses())
                .singleElement()
                .satisfies(witness ->
                        assertThat(witness.exchange().answer().status()).isEqualTo(409));
    }

    @Test
    void aRefusalThatChangesSomethingFails() {
        RuleVerdict verdict = run(
                new ScriptedServer((n, honest) -> honest.get().status() == 200 ? answer(412) : silence()),
                Rule.http("T-03", "A refusal keeps what is there")
                        .must("RFC 9110 §13.1.1")
                        .given(Step.of(put("old {key}")))
                        .when(put().header("If-Match", "{E}"))
                        .then(status(412).unchanged()));

        assertThat(verdict.status()).isEqualTo(Status.FAIL);
        assertThat(verdict.sentence()).isEqualTo("the resource has other content");
    }

    @Test
    void whatWasNotThereBeforeIsNotSaidToBeStillThere() {
        Rule rule = Rule.http("T-11", "Creates nothing")
                .must("nowhere")
                .when(put())
                .then(status(412).gone());

        assertThat(run(ScriptedServer.honest(), rule).sentence())
                .isEqualTo("status is 200, owed is [412]; the resource has come into being");
    }

    @Test
    void aSuccessThatChangesNothingFails() {
        RuleVerdict verdict = run(new ScriptedServer((n, honest) -> answer(200)), SUCCESS);

        assertThat(verdict.sentence()).isEqualTo("the resource does not hold what was written");
    }

    @Test
    void examplesAreSaidToBeAlikeOnlyWhereTheirFaultsAre() {
        Rule rule = Rule.http("T-10", "Three ways to ask")
                .must("nowhere")
                .given(Step.of(put("old {key}")))
                .when("one", put().header("If-Match", "{X}"))
                .then(status(412))
                .when("two", put().header("If-Match", "{Y}"))
                .then(status(412))
                .when("three", put().header("If-Match", "{X}"))
                .then(status(400));

        assertThat(run(new ScriptedServer((n, honest) -> answer(409)), rule).sentence())
                .isEqualTo(
                        "one: status is 409, owed is [412]; so is 1 more of 3 examples; 1 more of 3 for other reasons");
    }

    @Test
    void anAnswerThatChangesOnceInAHundredIsFlappingWithBothExchanges() {
        RuleVerdict verdict = run(new ScriptedServer((n, honest) -> n == 42 ? answer(500) : honest.get()), REFUSAL);

        assertThat(verdict.status()).isEqualTo(Status.FLAPPING);
        assertThat(verdict.broken()).isTrue();
        assertThat(verdict.sentence())
                .isEqualTo("not the same answer each time: 99 × 412, 1 × 500; status is 500, owed is [412]");
        assertThat(only(verdict).witnesses())
                .extracting(witness -> witness.exchange().answer().status())
                .containsExactly(412, 500);
    }

    @Test
    void twoAllowedAnswersAreFlappingTooAndAtAnyLevel() {
        Rule either = Rule.http("T-04", "Either")
                .may("nowhere")
                .given(Step.of(put("old {key}")))
                .when(put().header("If-Match", "{X}"))
                .then(status(400, 412).unchanged());

        RuleVerdict verdict = run(new ScriptedServer((n, honest) -> answer(n % 2 == 0 ? 400 : 412)), either);

        assertThat(verdict.status()).isEqualTo(Status.FLAPPING);
        assertThat(verdict.broken()).isTrue();
    }

    @Test
    void aRuleThatDoesNotBindDiffersAndBreaksNothing() {
        RuleVerdict verdict = run(new ScriptedServer((n, honest) -> answer(409)), REFUSAL.should("nowhere"));

        assertThat(verdict.status()).isEqualTo(Status.FAIL);
        assertThat(verdict.broken()).isFalse();
        assertThat(RuleText.row(verdict)).startsWith("DIFFERS");
    }

    @Test
    void silenceIsNeverAFault() {
        RuleVerdict verdict = run(new ScriptedServer((n, honest) -> n == 42 ? silence() : honest.get()), REFUSAL);

        assertThat(verdict.status()).isEqualTo(Status.UNDECIDED);
        assertThat(only(verdict).quiet().answered()).isEqualTo(99);
        assertThat(verdict.sentence())
                .startsWith("no whole answer to PUT /etalon-test-t-01-")
                .contains("within 15 s");
    }

    @Test
    void whoIsSilentThreeTimesInARowIsNotAskedAgain() {
        ScriptedServer server = new ScriptedServer((n, honest) -> silence());

        RuleVerdict verdict = run(server, REFUSAL);

        assertThat(verdict.status()).isEqualTo(Status.UNDECIDED);
        assertThat(server.requests()).hasSize(9);
    }

    @Test
    void aSetUpThatIsNotTakenIsUndecided() {
        Rule rule = Rule.http("T-05", "Nothing to speak of")
                .must("nowhere")
                .given(Step.of(put("old {key}").header("If-Match", "{X}")))
                .when(put())
                .then(status(200));

        RuleVerdict verdict = run(ScriptedServer.honest(), rule);

        assertThat(verdict.status()).isEqualTo(Status.UNDECIDED);
        assertThat(verdict.sentence()).startsWith("the set-up PUT /").contains("was answered 412");
    }

    @Test
    void aServerThatSaysItDoesNotOfferAHeaderIsNotWrong() {
        RuleVerdict verdict = run(new ScriptedServer((n, honest) -> answer(501)), REFUSAL);

        assertThat(verdict.status()).isEqualTo(Status.NOT_SUPPORTED);
        assertThat(verdict.broken()).isFalse();
    }

    @Test
    void aServerThatSays501AndDoesItAllTheSameIsWrong() {
        RuleVerdict verdict = run(
                new ScriptedServer((n, honest) -> honest.get().status() == 200 ? answer(501) : silence()),
                Rule.http("T-06", "A refusal keeps what is there")
                        .must("nowhere")
                        .given(Step.of(put("old {key}")))
                        .when(put().header("If-Match", "{E}"))
                        .then(status(412).unchanged()));

        assertThat(verdict.status()).isEqualTo(Status.FAIL);
    }

    @Test
    void aFeatureIsAskedForOnceAndItsLackIsSaid() {
        Feature feature = Feature.of("teapots", Step.of(Send.get().at("teapot")).then(status(418)));
        ScriptedServer server = ScriptedServer.honest();
        RuleRun run = new RuleRun(server, Dialect.RFC9110, 100, "test", () -> false);

        RuleVerdict verdict = run.run(REFUSAL.needs(feature));
        run.run(REFUSAL.needs(feature));

        assertThat(verdict.status()).isEqualTo(Status.NOT_SUPPORTED);
        assertThat(verdict.sentence()).startsWith("the server has no teapots: ");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aConflictWhileAFeatureIsAskedForDoesNotShowThatTheServerLacksIt() {
        Feature feature = Feature.of(
                "teapots", Step.of(put("short and stout").at("teapot").header("If-Match", "*")));
        RuleRun run =
                new RuleRun(new ScriptedServer((n, honest) -> answer(409)), Dialect.RFC9110, 100, "test", () -> false);

        RuleVerdict verdict = run.run(REFUSAL.needs(feature));

        assertThat(verdict.status()).isEqualTo(Status.UNDECIDED);
        assertThat(verdict.sentence())
                .startsWith("whether the server has any teapots is not known: ")
                .contains("was answered 409");
    }

    @Test
    void aServerThatLeavesItsClientWaitingForAFeatureLacksItWhereSilenceSaysSo() {
        Feature feature = Feature.of(
                "teapots", Step.of(put("short and stout").at("teapot").header("If-Match", "*")));
        RuleRun run = new RuleRun(
                new ScriptedServer((n, honest) -> ScriptedServer.silence()), Dialect.RFC9110, 100, "test", () -> false);

        assertThat(run.run(REFUSAL.needs(feature)).status()).isEqualTo(Status.UNDECIDED);
        assertThat(run.run(REFUSAL.needs(feature.orSilence())).status()).isEqualTo(Status.NOT_SUPPORTED);
    }

    @Test
    void aRuleOfAnotherDialectDoesNotApply() {
        ScriptedServer server = ScriptedServer.honest();

        RuleVerdict verdict = run(server, REFUSAL.dialect("aws", "a page"));

        assertThat(verdict.status()).isEqualTo(Status.NOT_APPLICABLE);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aRunThatIsStoppedIsUndecided() {
        RuleVerdict verdict =
                new RuleRun(ScriptedServer.honest(), Dialect.RFC9110, 100, "test", () -> true).run(REFUSAL);

        assertThat(verdict.status()).isEqualTo(Status.UNDECIDED);
    }

    @Test
    void aRuleMayOnlyNameWhatItsStepsKeep() {
        Rule rule = Rule.http("T-07", "Misspelt")
                .must("nowhere")
                .when(put().header("If-Match", "{Z}"))
                .then(status(200));

        assertThatThrownBy(() -> run(ScriptedServer.honest(), rule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name={Z}");
    }

    @Test
    void aBrokenRuleIsToldWithRequestAndAnswerAsSent() throws IOException {
        RuleVerdict verdict = run(new ScriptedServer((n, honest) -> n == 42 ? answer(500) : honest.get()), REFUSAL);

        assertThat(RuleText.of(REFUSAL) + RuleText.row(verdict) + "\n" + RuleText.witness(verdict))
                .isEqualTo(golden("flapping.txt"));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = RuleRunTest.class.getResourceAsStream("/golden-rules/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
