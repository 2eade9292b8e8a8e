package dev.etalon.core.session;

import dev.etalon.core.conformance.Discovery;
import dev.etalon.core.conformance.RuleVerdict;
import dev.etalon.core.conformance.RuleVerdict.ExampleVerdict;
import dev.etalon.core.conformance.RuleVerdict.Sample;
import dev.etalon.core.conformance.RuleVerdict.Witness;
import dev.etalon.core.plan.Capability;
import dev.etalon.core.rule.Step;
import dev.etalon.core.store.StoredRules;
import dev.etalon.core.target.Exchange;
import dev.etalon.core.target.RawAnswer;
import dev.etalon.core.target.RawField;
import dev.etalon.core.target.RawRequest;
import dev.etalon.core.target.RunningTarget;
import dev.etalon.core.target.TargetInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Verdicts on rules as they are stored: plain data that outlives the code. */
final class RuleRecord {
    private RuleRecord() {}

    static StoredRules of(
            TargetInfo info,
            RunningTarget target,
            StoredRules.Run run,
            List<RuleVerdict> verdicts,
            List<Discovery> discoveries,
            Set<String> accepted) {
        return new StoredRules(
                StoredRules.VERSION,
                new StoredRules.Target(
                        info.name(),
                        info.kind().name(),
                        info.protocol().name(),
                        info.dialect().name(),
                        target.version(),
                        target.url(),
                        info.claims().stream().map(Capability::label).sorted().toList()),
                run,
                verdicts.stream().map(verdict -> rule(verdict, accepted)).toList(),
                discoveries.stream()
                        .map(discovery -> capability(discovery, info.claims()))
                        .toList());
    }

    static Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        String version = RuleRecord.class.getPackage().getImplementationVersion();
        environment.put("etalon", version == null ? "from source" : version);
        environment.put("java", Runtime.version().toString());
        environment.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        environment.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        return environment;
    }

    private static StoredRules.Rule rule(RuleVerdict verdict, Set<String> accepted) {
        return new StoredRules.Rule(
                verdict.rule().id(),
                verdict.rule().title(),
                verdict.rule().level().name(),
                verdict.rule().source(),
                verdict.status().name(),
                verdict.sentence(),
                verdict.broken(),
                verdict.deterministic(),
                verdict.examples().stream().map(RuleRecord::example).toList(),
                accepted.contains(verdict.rule().id()) ? true : null);
    }

    private static StoredRules.Example example(ExampleVerdict verdict) {
        return new StoredRules.Example(
                verdict.example().name(),
                verdict.example().given().stream().map(Step::toString).toList(),
                verdict.example().when().toString(),
                verdict.example().then().toString(),
                verdict.status().name(),
                verdict.sentence(),
                sample(verdict.quiet()),
                verdict.loaded().map(RuleRecord::sample).orElse(null),
                verdict.witnesses().stream()
                        .map(witness -> witness(witness, verdict.onlyUnderLoad(witness)))
                        .toList());
    }

    private static StoredRules.Sample sample(Sample sample) {
        return new StoredRules.Sample(
                sample.planned(),
                sample.answered(),
                sample.distribution(),
                sample.unknown(),
                sample.bound(),
                sample.beside()
                        .map(beside -> new StoredRules.Beside(
                                beside.workers(), beside.requests(), beside.onSubject(), beside.unanswered()))
                        .orElse(null));
    }

    private static StoredRules.Witness witness(Witness witness, boolean underLoad) {
        return new StoredRules.Witness(
                witness.answer(),
                underLoad,
                witness.faults(),
                exchanges(witness.before()),
                exchange(witness.exchange()),
                exchanges(witness.after()));
    }

    private static List<StoredRules.Exchange> exchanges(List<Exchange> exchanges) {
        return exchanges.stream().map(RuleRecord::exchange).toList();
    }

    private static StoredRules.Exchange exchange(Exchange exchange) {
        RawRequest sent = exchange.sent();
        RawAnswer answer = exchange.answer();
        return new StoredRules.Exchange(
                new StoredRules.Sent(
                        sent.method(),
                        "/" + String.join("/", sent.path()),
                        sent.query().stream()
                                .map(field ->
                                        field.value().isEmpty() ? field.name() : field.name() + "=" + field.value())
                                .toList(),
                        lines(sent.headers()),
                        text(sent.body())),
                new StoredRules.Answer(
                        answer.status(),
                        lines(answer.headers()),
                        text(answer.body()),
                        Optional.ofNullable(answer.failure())
                                .map(cause -> cause + ": " + answer.detail())
                                .orElse(null)));
    }

    private static List<String> lines(List<RawField> fields) {
        return fields.stream().map(RawField::toString).collect(Collectors.toList());
    }

    private static @Nullable String text(byte @Nullable [] body) {
        return body == null || body.length == 0 ? null : new String(body, StandardCharsets.UTF_8);
    }

    private static StoredRules.Capability capability(Discovery discovery, Set<Capability> claims) {
        Optional<Capability> claim = discovery.probe().capability();
        boolean known = claim.isPresent() && discovery.state() != Discovery.State.UNDECIDED;
        return new StoredRules.Capability(
                discovery.probe().operation(),
                discovery.probe().condition(),
                discovery.state().name(),
                discovery.sentence(),
                claim.map(claims::contains).orElse(null),
                known ? discovery.against(claims).isEmpty() : null,
                rule(discovery.verdict(), Set.of()));
    }
}
