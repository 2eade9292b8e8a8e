package dev.etalon.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.etalon.core.conformance.BusyServer;
import dev.etalon.core.conformance.Discovery.State;
import dev.etalon.core.conformance.RuleVerdict.Status;
import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.run.Stop;
import dev.etalon.core.session.RuleSession.Question;
import dev.etalon.core.session.RuleSession.Report;
import dev.etalon.core.store.RunFolder;
import dev.etalon.core.store.StoredRules;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.RawClient;
import dev.etalon.core.target.RunningTarget;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetInfo;
import dev.etalon.core.target.TargetProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleSessionTest {
    private static final Set<Question> ALL = EnumSet.allOf(Question.class);

    @TempDir
    private Path runs;

    private record Target(RawClient client, TargetInfo.Kind kind, Set<Capability> claims) implements TargetProvider {
        Target(RawClient client) {
            this(client, TargetInfo.Kind.EMBEDDED, Set.of(Capability.PUT_IF_MATCH));
        }

        @Override
        public TargetInfo info() {
            return new TargetInfo("paper", kind, Protocol.HTTP, "paper 1", Dialect.RFC9110, claims);
        }

        @Override
        public RunningTarget start(Options options) {
            return new RunningTarget() {
                @Override
                public List<Client> endpoints() {
                    return List.of();
                }

                @Override
                public Optional<RawClient> raw() {
                    return Optional.of(client);
                }

                @Override
                public String url() {
                    return "memory:";
                }

                @Override
                public String version() {
                    return "paper 1.2";
                }

                @Override
                public String log() {
                    return "";
                }

                @Override
                public void close() {}
            };
        }
    }

    private RuleSession session(String... more) {
        Map<String, String> settings =
                new HashMap<>(Map.of("etalon.runs", runs.toString(), "etalon.repetitions", "5", "etalon.load", "2"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return new RuleSession(Settings.of(settings));
    }

    private Report ask(Target target, Set<Question> questions) {
        return session().run(target, questions, verdict -> {}, new Stop());
    }

    /** Never refuses. */
    private static RawClient blind() {
        return new BusyServer((n, loaded) -> Optional.of(BusyServer.answer(200)));
    }

    private StoredRules stored(Report report) throws IOException {
        return StoredRules.read(report.folder().orElseThrow().rules());
    }

    @Test
    void whatWasAskedIsStoredUnderTheTargetsName() throws IOException {
        Report report = ask(new Target(BusyServer.honest()), ALL);

        assertThat(report.exitCode()).isEqualTo(ExitCode.VALID);
        RunFolder folder = report.folder().orElseThrow();
        assertThat(folder.path().getParent()).isEqualTo(runs.resolve("rules/paper"));
        StoredRules stored = stored(report);
        assertThat(stored.version()).isEqualTo(StoredRules.VERSION);
        assertThat(stored.target().product()).isEqualTo("paper 1.2");
        assertThat(stored.target().claims()).containsExactly("PUT If-Match");
        assertThat(stored.run().repetitions()).isEqualTo(5);
        assertThat(stored.run().load()).isEqualTo(2);
        assertThat(stored.run().endedEarly()).isNull();
        assertThat(stored.rules()).extracting(StoredRules.Rule::id).containsExactly("T-01", "T-02");
        assertThat(stored.rules()).allMatch(StoredRules.Rule::deterministic);
    }

    @Test
    void bothSeriesAndTheExchangesAreStored() throws IOException {
        StoredRules.Example example = stored(ask(new Target(BusyServer.honest()), ALL))
                .rules()
                .get(0)
                .examples()
                .get(0);

        assertThat(example.quiet().distribution()).isEqualTo(Map.of("412", 5));
        assertThat(example.quiet().beside()).isNull();
        assertThat(example.quiet().bound()).isCloseTo(0.4507, within(0.0001));
        StoredRules.Sample loaded = example.loaded();
        assertThat(loaded).isNotNull();
        assertThat(loaded.distribution()).isEqualTo(Map.of("412", 5));
        assertThat(loaded.beside())
                .isNotNull()
                .satisfies(beside -> assertThat(beside.requests()).isPositive());
        StoredRules.Witness witness = example.witnesses().get(0);
        assertThat(witness.exchange().sent().headers())
                .containsExactly(
                        "If-Match: \"00000000000000000000000000000000\"", "Content-Type: application/octet-stream");
        assertThat(witness.exchange().answer().status()).isEqualTo(412);
        assertThat(witness.before()).hasSize(2);
        assertThat(witness.after()).hasSize(1);
        assertThat(witness.underLoad()).isFalse();
    }

    @Test
    void aWrongServerIsStoredAsBrokenWithItsConduct() throws IOException {
        Report report = ask(new Target(blind()), ALL);
        StoredRules stored = stored(report);

        assertThat(report.exitCode()).isEqualTo(ExitCode.ANOMALY);
        assertThat(stored.rules().get(0))
                .satisfies(rule -> assertThat(rule.broken()).isTrue())
                .satisfies(rule -> assertThat(rule.status()).isEqualTo("FAIL"));
        assertThat(stored.capabilities()).singleElement().satisfies(capability -> {
            assertThat(capability.operation()).isEqualTo("PUT");
            assertThat(capability.claimed()).isTrue();
            assertThat(capability.asClaimed()).isFalse();
            assertThat(capability.probe().id()).isEqualTo("CAP-PUT-If-Match");
        });
    }

    @Test
    void aRuleIsHeldAgainstWhatIsKnownAndItsTargetIsAskedOnce() {
        RuleSession session = session();
        Target wrong = new Target(blind());
        List<RuleResult> results = session.rules(wrong).stream()
                .map(rule -> session.result(rule, wrong))
                .toList();

        assertThat(results).hasSize(2);
        assertThat(results.get(0).status()).isEqualTo(CellResult.Status.VIOLATION);
        assertThat(results.get(0).sentence()).startsWith("new: ");
        assertThat(results.get(1).report()).isSameAs(results.get(0).report());
        Target right = new Target(BusyServer.honest());
        assertThat(session.result(session.rules(right).get(0), right).status()).isEqualTo(CellResult.Status.VALID);
    }

    @Test
    void aRuleOnATargetThatCannotBeHadHereIsNotRunUnlessItIsRequired() {
        TargetProvider lacking = new FakeTargets.Lacking();
        assertThat(List.of(session(), session("etalon.require", "lacking")))
                .extracting(session ->
                        session.result(session.rules(lacking).get(0), lacking).status())
                .containsExactly(CellResult.Status.NOT_RUN, CellResult.Status.UNAVAILABLE);
    }

    @Test
    void withoutANameEveryConfiguredTargetIsMeantWhereThatIsAskedFor() {
        Settings settings = Settings.of(Map.of("etalon.runs", runs.toString()));
        assertThat(new RuleSession(settings).targets()).isEmpty();
        assertThat(RuleSession.everywhere(settings).targets())
                .extracting(target -> target.info().name())
                .contains("faithful", "modest")
                .doesNotContain("unnamed");
    }

    @Test
    void capabilitiesAloneAreOneQuestion() {
        Report report = ask(new Target(BusyServer.honest()), EnumSet.of(Question.CAPABILITIES));

        assertThat(report.verdicts()).isEmpty();
        assertThat(report.discoveries())
                .singleElement()
                .satisfies(discovery -> assertThat(discovery.state()).isEqualTo(State.HONOURED));
        assertThat(report.exitCode()).isEqualTo(ExitCode.VALID);
    }

    @Test
    void aClaimThatIsNotKeptCountsUnlessNobodyMadeIt() {
        RawClient refusing = new BusyServer((n, loaded) -> Optional.of(BusyServer.answer(501)));
        Set<Capability> claims = Set.of(Capability.PUT_IF_MATCH);
        Set<Question> question = EnumSet.of(Question.CAPABILITIES);

        assertThat(ask(new Target(refusing), question).exitCode()).isEqualTo(ExitCode.ANOMALY);
        assertThat(ask(new Target(refusing, TargetInfo.Kind.EXTERNAL, claims), question)
                        .exitCode())
                .isEqualTo(ExitCode.VALID);
        assertThat(ask(new Target(refusing, TargetInfo.Kind.EMBEDDED, Set.of()), question)
                        .exitCode())
                .isEqualTo(ExitCode.VALID);
    }

    @Test
    void anInterruptedRunKeepsJudgesAndStoresWhatItAsked() throws IOException {
        Stop stop = new Stop();
        List<Status> seen = new ArrayList<>();
        Report report = session()
                .run(
                        new Target(BusyServer.honest()),
                        ALL,
                        verdict -> {
                            seen.add(verdict.status());
                            stop.request(Interrupt.REASON);
                        },
                        stop);

        assertThat(seen).containsExactly(Status.PASS);
        assertThat(report.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(report.discoveries()).isEmpty();
        StoredRules stored = stored(report);
        assertThat(stored.rules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.status()).isEqualTo("PASS"));
        assertThat(stored.run().planned()).isEqualTo(2);
        assertThat(stored.run().endedEarly()).isEqualTo("interrupted");
    }

    @Test
    void verdictsThatCannotBeStoredAreStillGiven() throws IOException {
        Files.writeString(runs.resolve("rules"), "in the way");

        Report report = ask(new Target(BusyServer.honest()), ALL);

        assertThat(report.folder()).isEmpty();
        assertThat(report.verdicts()).hasSize(2);
    }

    @Test
    void aFileOfALaterVersionIsRefusedWithASentence() throws IOException {
        Path file =
                Files.writeString(runs.resolve("rules.json"), "{\"version\": 99, \"rules\": [], \"capabilities\": []}");

        assertThatThrownBy(() -> StoredRules.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version=99");
    }

    @Test
    void aFileThatIsNoneIsRefusedWithASentence() throws IOException {
        Path file = Files.writeString(runs.resolve("rules.json"), "{");

        assertThatThrownBy(() -> StoredRules.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("file=" + file);
    }

    @Test
    void aLoadThatMakesNoSenseIsWrongUsage() {
        assertThatThrownBy(() -> session("etalon.load", "65"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("etalon.load=65");
    }
}
