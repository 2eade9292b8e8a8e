package dev.etalon.scenarios.http.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.conformance.RuleRun;
import dev.etalon.core.conformance.RuleText;
import dev.etalon.core.conformance.RuleVerdict;
import dev.etalon.core.conformance.RuleVerdict.Status;
import dev.etalon.core.rule.Example;
import dev.etalon.core.rule.Level;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Send;
import dev.etalon.core.rule.Step;
import dev.etalon.core.rule.Then;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.RawClient;
import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import dev.etalon.targets.reference.Stored;
import dev.etalon.targets.reference.WeakWhileNew;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule is kept by a server that is right, whatever it offers, and broken by one that is wrong. */
class HttpRulesTest {
    private static final List<Rule> RULES = new HttpRules().rules();
    private static final String WEAK_WHILE_NEW = "weak tags while they are new";
    private static final String COARSE = "tags-by-time-and-size";
    private static final int AGEING_EXAMPLES = 4;
    private static final Set<String> AGEING = Set.of(WEAK_WHILE_NEW, COARSE);

    /** Servers that are right, each in a way of its own. */
    private static Map<String, Supplier<RawClient>> right() {
        Map<String, Supplier<RawClient>> right = new LinkedHashMap<>();
        right.put("plain", () -> new InMemory(new Faithful(Manner.RFC9110)));
        right.put("weak tags", () -> new InMemory(new WeakTags()));
        right.put("no dates", () -> new InMemory(new Dateless()));
        right.put("demands a condition", () -> new InMemory(new Faithful(Manner.RFC9110, true)));
        right.put("demands a condition where something is there", () -> new InMemory(new DemandsWherePresent()));
        right.put("compresses", () -> new InMemory(new Compressing()));
        right.put("WebDAV", () -> new InMemory(new WebDav()));
        right.put(WEAK_WHILE_NEW, () -> new InMemory(new WeakWhileNew()));
        right.put("behind a cache", () -> new SharedCache(new InMemory(new Faithful(Manner.RFC9110))));
        return right;
    }

    private static final Map<String, List<RuleVerdict>> ON_RIGHT = new LinkedHashMap<>();
    private static final Map<String, List<RuleVerdict>> ON_WRONG = new LinkedHashMap<>();

    @BeforeAll
    static void askAll() {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Map<String, List<Future<List<RuleVerdict>>>> right = start(right(), threads);
            Map<String, List<Future<List<RuleVerdict>>>> wrong = start(WrongServers.all(), threads);
            ON_RIGHT.putAll(await(right));
            ON_WRONG.putAll(await(wrong));
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * Runs all rules against all servers at the same time, and each rule that rests against a server of its own: those
     * wait for seconds to pass.
     */
    private static Map<String, List<Future<List<RuleVerdict>>>> start(
            Map<String, Supplier<RawClient>> servers, ExecutorService threads) {
        Map<Boolean, List<Rule>> rules = RULES.stream().collect(Collectors.partitioningBy(HttpRulesTest::rests));
        List<List<Rule>> parts =
                new ArrayList<>(rules.get(true).stream().map(List::of).toList());
        parts.add(rules.get(false));
        // Of servers whose tags need time, every example waits; the 81 combinations of a read wait for nothing more
        // than a few do.
        List<List<Rule>> each = RULES.stream()
                .flatMap(rule ->
                        rule.examples().stream().limit(AGEING_EXAMPLES).map(example -> List.of(only(rule, example))))
                .toList();
        Map<String, List<Future<List<RuleVerdict>>>> running = new LinkedHashMap<>();
        servers.forEach((name, server) -> running.put(
                name,
                (AGEING.contains(name) ? each : parts)
                        .stream()
                                .map(part -> threads.submit(() -> {
                                    // Two repetitions tell a fixed answer.
                                    RuleRun run = new RuleRun(server.get(), Dialect.RFC9110, 2, "test", () -> false);
                                    return part.stream().map(run::run).toList();
                                }))
                                .toList()));
        return running;
    }

    private static Rule only(Rule rule, Example example) {
        return new Rule(
                rule.id(),
                rule.title(),
                rule.level(),
                rule.source(),
                rule.protocol(),
                rule.dialects(),
                rule.needs(),
                rule.subject(),
                rule.repetitionsMax(),
                example.given(),
                List.of(example));
    }

    private static boolean rests(Rule rule) {
        Stream<Step> probes = rule.needs().stream().flatMap(feature -> feature.probe().stream());
        Stream<Step> steps = rule.examples().stream().flatMap(example -> example.given().stream());
        return Stream.concat(probes, steps).anyMatch(step -> !step.pause().isZero());
    }

    private static Map<String, List<RuleVerdict>> await(Map<String, List<Future<List<RuleVerdict>>>> running) {
        Map<String, List<RuleVerdict>> verdicts = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, List<Future<List<RuleVerdict>>>> one : running.entrySet()) {
                List<RuleVerdict> all = new ArrayList<>();
                for (Future<List<RuleVerdict>> part : one.getValue()) {
                    all.addAll(part.get());
                }
                verdicts.put(one.getKey(), all);
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a rule run never throws for what a server does", e);
        }
        return verdicts;
    }

    /** The rules for which no server gets such a verdict. */
    private static List<String> without(Map<String, List<RuleVerdict>> verdicts, Predicate<RuleVerdict> wanted) {
        Set<String> seen = verdicts.values().stream()
                .flatMap(List::stream)
                .filter(wanted)
                .map(verdict -> verdict.rule().id())
                .collect(Collectors.toSet());
        return RULES.stream().map(Rule::id).filter(id -> !seen.contains(id)).toList();
    }

    static Stream<String> rightServers() {
        return right().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("rightServers")
    void aServerThatIsRightIsNeverAccused(String which) {
        assertThat(ON_RIGHT.get(which))
                .allSatisfy(verdict -> assertThat(verdict.status())
                        .as(RuleText.row(verdict) + "\n" + RuleText.witness(verdict))
                        .isNotIn(Status.FAIL, Status.FLAPPING));
    }

    /** Coarse tags are one fault, not one of each rule that needs two of them. */
    @Test
    void aServerWhoseTagsCountSecondsIsAccusedOfThatAlone() {
        assertThat(ON_WRONG.get(COARSE))
                .filteredOn(RuleVerdict::broken)
                .extracting(verdict -> verdict.rule().id())
                .containsExactly("VA-01");
        assertThat(ON_WRONG.get(COARSE))
                .filteredOn(verdict -> Set.of("IM-02", "IM-18", "IM-21", "NM-02")
                        .contains(verdict.rule().id()))
                .extracting(RuleVerdict::status)
                .containsOnly(Status.PASS);
    }

    /** Whether a condition let a write through does not depend on how the answer calls what was done. */
    @Test
    void aServerThatSaysCreatedOfWhatWasThereIsAccusedOfThatAlone() {
        assertThat(ON_WRONG.get(WrongServers.SAYS_CREATED))
                .filteredOn(RuleVerdict::broken)
                .extracting(verdict -> verdict.rule().id())
                .containsExactly("VA-06");
    }

    @Test
    void everyRuleIsKeptByAServerThatIsRight() {
        assertThat(without(ON_RIGHT, verdict -> verdict.status() == Status.PASS || verdict.status() == Status.COUNTED))
                .isEmpty();
    }

    @Test
    void everyRuleThatCanBlameIsBrokenByAServerThatIsWrong() {
        assertThat(without(
                        ON_WRONG,
                        verdict -> verdict.broken()
                                || verdict.differs()
                                || verdict.rule().level() == Level.HAZARD))
                .isEmpty();
    }

    /** On a busy machine the request may come when the second is over: the date is no better for that. */
    @Test
    void theReferenceServerGivesNoRangeForADateThatTwoChangesShare_everAfter() {
        Rule late = Rule.http("T-01", "If-Range with a date that two changes share gives the whole")
                .must("RFC 9110 §8.8.2.2")
                .given(
                        Step.of(Send.put("one {key}")),
                        Step.of(Send.put("two {key}")).rest(Duration.ofMillis(2_100)),
                        Step.of(Send.get()).keep("D", "Last-Modified"))
                .when(Send.get().header("Range", "bytes=0-3").header("If-Range", "{D}"))
                .then(Then.status(200));

        // Once, in two attempts, both changes fall into one second.
        RuleVerdict verdict = new RuleRun(
                        new InMemory(new Faithful(Manner.RFC9110)), Dialect.RFC9110, 2, "test", () -> false)
                .run(late);

        assertThat(verdict.examples().get(0).quiet().distribution()).containsKey("200");
    }

    @Test
    void aHazardIsCountedAndNobodyIsAccused() {
        Rule lost = RULES.stream()
                .filter(rule -> rule.id().equals("US-09"))
                .findFirst()
                .orElseThrow();

        RuleVerdict verdict = new RuleRun(
                        new InMemory(new Faithful(Manner.RFC9110)), Dialect.RFC9110, 100, "test", () -> false)
                .run(lost);

        assertThat(verdict.broken()).isFalse();
        assertThat(verdict.differs()).isFalse();
        // The end of a second may come between the two writes.
        assertThat(verdict.sentence()).containsPattern("\\d+ × 204");
    }

    /** Gives weak tags only. */
    private static final class WeakTags extends Faithful {
        WeakTags() {
            super(Manner.RFC9110);
        }

        @Override
        protected String tag(String key, byte[] body, Instant modified) {
            return "W/" + super.tag(key, body, modified);
        }
    }

    /** Demands a condition of a write only where something is there. */
    private static final class DemandsWherePresent extends Faithful {
        private final Set<String> there = ConcurrentHashMap.newKeySet();

        DemandsWherePresent() {
            super(Manner.RFC9110, true);
        }

        @Override
        public Reply answer(Call call) {
            Reply reply = super.answer(call);
            if (call.method().equals("PUT") && reply.status() / 100 == 2) {
                there.add(call.name());
            }
            return reply;
        }

        @Override
        protected @Nullable Reply demand(Call call) {
            return there.contains(call.name()) ? super.demand(call) : null;
        }
    }

    /** Does not tell when a resource was changed, and so has nothing to compare dates with. */
    private static final class Dateless extends Faithful {
        Dateless() {
            super(Manner.RFC9110);
        }

        @Override
        protected Reply validators(Reply reply, Stored stored) {
            return reply.with("ETag", stored.tag());
        }

        @Override
        protected Fields readFields(Call call) {
            return undated(super.readFields(call));
        }

        @Override
        protected Fields writeFields(Call call) {
            return undated(super.writeFields(call));
        }

        private static Fields undated(Fields fields) {
            return name -> name.endsWith("-Since") ? null : fields.value(name);
        }
    }

    /** Gives another form to whoever takes it, under a tag of its own. Nobody here looks into it. */
    static class Compressing extends Faithful {
        Compressing() {
            super(Manner.RFC9110);
        }

        @Override
        protected Reply representation(Call call, Stored stored) {
            Reply whole = super.representation(call, stored);
            return "gzip".equals(call.header("Accept-Encoding"))
                    ? whole.with("Content-Encoding", "gzip").with("ETag", tagOfCompressed(stored.tag()))
                    : whole;
        }

        String tagOfCompressed(String tag) {
            return tag.replaceFirst("\"$", "-gzip\"");
        }
    }
}
