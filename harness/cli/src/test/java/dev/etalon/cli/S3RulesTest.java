package dev.etalon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.conformance.RuleRun;
import dev.etalon.core.conformance.RuleVerdict;
import dev.etalon.core.conformance.RuleVerdict.Status;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.session.RuleSession;
import dev.etalon.core.target.RunningTarget;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetProvider;
import dev.etalon.core.target.TargetUnavailableException;
import dev.etalon.targets.embedded.ReferenceTarget;
import dev.etalon.targets.mutant.Mutant;
import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Conditions;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.ReferenceServer;
import dev.etalon.targets.reference.Reply;
import dev.etalon.targets.reference.Stored;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The rules of S3 are kept by a server that is right, and each of them is broken by one that is wrong. */
@Execution(ExecutionMode.CONCURRENT)
class S3RulesTest {
    @TempDir
    private Path work;

    private static List<Rule> rules() {
        return RuleSession.catalogue().stream()
                .filter(rule -> rule.protocol() == Protocol.S3)
                .toList();
    }

    /** RulesIT asks the same server all of it in every build. */
    @Test
    @EnabledIfSystemProperty(named = "etalon.s3-rules", matches = "whole", disabledReason = "part of .ci/run")
    void theFaithfulServerKeepsEveryRule() throws TargetUnavailableException {
        assertThat(statuses(() -> new Faithful(Manner.AWS), rules()))
                .allSatisfy((id, status) -> assertThat(status).as(id).isEqualTo(Status.PASS));
    }

    @Test
    void aRefusalAfterAnEarly200IsNoFault() throws TargetUnavailableException {
        List<Rule> late = rules().stream()
                .filter(rule -> rule.id().matches("[MC]\\d+|E04"))
                .toList();

        assertThat(statuses(RefusesAfterAnEarly200::new, late))
                .allSatisfy((id, status) -> assertThat(status).as(id).isEqualTo(Status.PASS));
    }

    @Test
    void everyRuleIsBrokenByAServerThatIsWrong() throws TargetUnavailableException {
        List<Rule> left = new ArrayList<>(rules());
        for (Supplier<Faithful> wrong : wrong()) {
            left.removeAll(broken(wrong, left));
        }
        for (Mutant mutant : Mutant.all()) {
            List<Rule> named = left.stream()
                    .filter(rule ->
                            mutant.manner() == Manner.AWS && mutant.names().contains(rule.id()))
                    .toList();
            if (!named.isEmpty()) {
                left.removeAll(broken(mutant.server(), named));
            }
        }

        assertThat(left).extracting(Rule::id).isEmpty();
    }

    private List<Rule> broken(Supplier<Faithful> server, List<Rule> rules) throws TargetUnavailableException {
        Map<String, Status> statuses = statuses(server, rules);
        return rules.stream()
                .filter(rule -> statuses.get(rule.id()) == Status.FAIL)
                .toList();
    }

    private Map<String, Status> statuses(Supplier<Faithful> server, List<Rule> rules)
            throws TargetUnavailableException {
        TargetProvider target = new ReferenceTarget("wrong", Manner.AWS, ReferenceServer.Options.PLAIN, server);
        Map<String, Status> statuses = new LinkedHashMap<>();
        try (RunningTarget running = target.start(new TargetProvider.Options(Settings.of(Map.of()), work))) {
            RuleRun run = new RuleRun(running.raw().orElseThrow(), target.info().dialect(), 1, "test", () -> false);
            for (Rule rule : rules) {
                RuleVerdict verdict = run.run(rule);
                statuses.put(rule.id(), verdict.status());
            }
        }
        return statuses;
    }

    /** Servers so wrong that nobody needs to hunt them. */
    private static List<Supplier<Faithful>> wrong() {
        return List.of(
                IgnoresEverything::new,
                RefusesEveryCondition::new,
                KnowsOnlyTheRfc::new,
                TellsErrorsInNoWords::new,
                TagsPartsByContent::new,
                CompletesForEver::new,
                DropsUploadsItRefuses::new,
                RenamesWhateverTheSource::new);
    }

    private static final class RefusesAfterAnEarly200 extends Faithful {
        RefusesAfterAnEarly200() {
            super(Manner.AWS);
        }

        @Override
        protected Reply complete(Call call, String key, String id) {
            return super.complete(call, key, id).as(200);
        }

        @Override
        protected Reply copy(Call call, String key) {
            return super.copy(call, key).as(200);
        }
    }

    /** Has never heard of conditions. */
    private static final class IgnoresEverything extends Faithful {
        IgnoresEverything() {
            super(Manner.AWS);
        }

        @Override
        protected @Nullable Reply refusal(Call call, Fields fields, Line line) {
            return null;
        }

        @Override
        protected Verdict evaluate(Fields fields, @Nullable Stored current, boolean read) {
            return Verdict.PROCEED;
        }
    }

    /** Takes every condition for false. */
    private static final class RefusesEveryCondition extends Faithful {
        private static final List<String> NAMES =
                List.of("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since");

        RefusesEveryCondition() {
            super(Manner.AWS);
        }

        @Override
        public Reply answer(Call call) {
            boolean conditional = Stream.concat(NAMES.stream(), NAMES.stream().map(name -> "x-amz-copy-source-" + name))
                    .anyMatch(name -> call.condition(name) != null);
            return conditional ? failed("If-Match", null) : super.answer(call);
        }
    }

    /** Has none of Amazon's peculiarities: no tags without quotes, no 501, no 409, dates as conditions on writes. */
    private static final class KnowsOnlyTheRfc extends Faithful {
        KnowsOnlyTheRfc() {
            super(Manner.LENIENT);
        }

        private static boolean grammatical(String value) {
            return value.strip().equals("*") || value.strip().endsWith("\"");
        }

        @Override
        protected boolean ifMatch(String value, @Nullable Stored current) throws Conditions.MalformedException {
            return grammatical(value) && super.ifMatch(value, current);
        }

        @Override
        protected boolean ifNoneMatch(String value, @Nullable Stored current) throws Conditions.MalformedException {
            return !grammatical(value) || super.ifNoneMatch(value, current);
        }
    }

    private static final class TellsErrorsInNoWords extends Faithful {
        TellsErrorsInNoWords() {
            super(Manner.AWS);
        }

        @Override
        public Reply answer(Call call) {
            Reply reply = super.answer(call);
            return reply.status() < 400 ? reply : Reply.of(reply.status());
        }
    }

    /** The tag of an object of one part is the MD5 of its content. */
    private static final class TagsPartsByContent extends Faithful {
        TagsPartsByContent() {
            super(Manner.AWS);
        }

        @Override
        protected String joinedTag(List<Stored> parts) {
            return parts.get(0).tag();
        }
    }

    private static final class DropsUploadsItRefuses extends Faithful {
        DropsUploadsItRefuses() {
            super(Manner.AWS);
        }

        @Override
        protected Reply complete(Call call, String key, String id) {
            Reply reply = super.complete(call, key, id);
            if (reply.status() == 412) {
                abort(call, key, id);
            }
            return reply;
        }
    }

    private static final class RenamesWhateverTheSource extends Faithful {
        private static final String SOURCE = "x-amz-rename-source";

        RenamesWhateverTheSource() {
            super(Manner.AWS);
        }

        @Override
        protected Reply rename(Call call, String key) {
            return super.rename(
                    new Call(
                            call.method(),
                            call.path(),
                            call.query(),
                            List.of(Map.entry(SOURCE, String.valueOf(call.header(SOURCE)))),
                            InputStream.nullInputStream(),
                            call.node()),
                    key);
        }
    }

    /** Answers whoever completes an upload again as the first time, and says 304 to who has a condition on a part. */
    private static final class CompletesForEver extends Faithful {
        private final Map<String, Reply> completed = new LinkedHashMap<>();

        CompletesForEver() {
            super(Manner.AWS);
        }

        @Override
        protected synchronized Reply complete(Call call, String key, String id) {
            Reply first = completed.get(id);
            Reply reply = first == null ? super.complete(call, key, id) : first;
            if (reply.status() == 200) {
                completed.put(id, reply);
            }
            return reply;
        }

        @Override
        public Reply answer(Call call) {
            boolean part = call.parameters().containsKey("partNumber") && call.header("If-None-Match") != null;
            return part && call.method().equals("PUT") ? Reply.of(304) : super.answer(call);
        }
    }
}
