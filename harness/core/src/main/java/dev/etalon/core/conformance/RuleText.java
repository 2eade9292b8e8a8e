package dev.etalon.core.conformance;

import dev.etalon.core.conformance.RuleVerdict.Beside;
import dev.etalon.core.conformance.RuleVerdict.ExampleVerdict;
import dev.etalon.core.conformance.RuleVerdict.Sample;
import dev.etalon.core.conformance.RuleVerdict.Status;
import dev.etalon.core.conformance.RuleVerdict.Witness;
import dev.etalon.core.rule.Example;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.Step;
import dev.etalon.core.target.Exchange;
import dev.etalon.core.target.RawAnswer;
import dev.etalon.core.target.RawField;
import dev.etalon.core.target.RawRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rules and what came of them, as plain text. */
public final class RuleText {
    /** More of a body says nothing more about a rule. */
    private static final int BODY_CHARACTERS_MAX = 1_000;

    /** More examples of one rule say nothing more about the server; the rest is named. */
    private static final int EXAMPLES_MAX = 3;

    private RuleText() {}

    /** A rule with its examples. */
    public static String of(Rule rule) {
        StringBuilder text = new StringBuilder();
        text.append(rule.id()).append("  ").append(rule.title()).append('\n');
        line(text, "level", rule.level() + ", " + rule.source());
        if (!rule.dialects().isEmpty()) {
            line(text, "dialect", String.join(", ", rule.dialects()));
        }
        rule.needs().forEach(feature -> line(text, "needs", feature.name()));
        List<Step> given = List.of();
        for (Example example : rule.examples()) {
            if (!example.given().equals(given)) {
                given = example.given();
                given.forEach(step -> line(text, "given", step.toString()));
            }
            line(text, "when", (example.name().isEmpty() ? "" : example.name() + ": ") + example.when());
            line(text, "then", example.then().toString());
        }
        return text.toString();
    }

    /** A rule in one line. */
    public static String row(Rule rule) {
        return String.format(
                Locale.ROOT,
                "%-6s %-10s %-4s %s (%s)",
                rule.id(),
                rule.level(),
                rule.protocol(),
                rule.title(),
                rule.source());
    }

    /** A verdict in one line, with the bound for a pass. */
    public static String row(RuleVerdict verdict) {
        String status = verdict.differs() ? "DIFFERS" : verdict.status().toString();
        return String.format(
                        Locale.ROOT,
                        "%-14s %-6s %-10s %s%s",
                        status,
                        verdict.rule().id(),
                        verdict.rule().level(),
                        verdict.rule().title(),
                        verdict.status() == Status.PASS ? bound(verdict) : " [" + verdict.sentence() + "]")
                .stripTrailing();
    }

    private static String bound(RuleVerdict verdict) {
        List<Sample> quiet =
                verdict.examples().stream().map(ExampleVerdict::quiet).toList();
        List<Sample> loaded = verdict.examples().stream()
                .flatMap(example -> example.loaded().stream())
                .toList();
        String text = " [0 other answers in " + least(quiet);
        if (loaded.size() == quiet.size()) {
            text += "; under load 0 in " + least(loaded);
        }
        int unknown = loaded.stream().mapToInt(Sample::unknowns).sum();
        return text + (unknown == 0 ? "" : ", " + unknown + " unanswered and asked again") + "]";
    }

    /** The example that was answered the least says how much is known of the rule. */
    private static String least(List<Sample> samples) {
        return samples.stream()
                .min(Comparator.comparingInt(Sample::answered))
                .map(sample -> sample.answered() + ": under " + percent(sample.bound()) + " at 95 %")
                .orElse("0");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share >= 0.1 ? "%.0f %%" : "%.2g %%", 100 * share);
    }

    /** What was not as owed, with the requests and answers as sent; empty when there was nothing. */
    public static String witness(RuleVerdict verdict) {
        StringBuilder text = new StringBuilder();
        List<ExampleVerdict> wrong = verdict.examples().stream()
                .filter(example -> example.status() == Status.FAIL || example.status() == Status.FLAPPING)
                .toList();
        wrong.stream().limit(EXAMPLES_MAX).forEach(example -> text.append(witness(verdict, example)));
        wrong.stream()
                .skip(EXAMPLES_MAX)
                .forEach(example -> line(
                        text,
                        "also",
                        example.example().name() + ": " + distributions(example.quiet(), example.loaded())));
        return text.toString();
    }

    private static String witness(RuleVerdict verdict, ExampleVerdict example) {
        Rule rule = verdict.rule();
        StringBuilder text = new StringBuilder();
        text.append(verdict.differs() ? "DIFFERS" : example.status())
                .append("  ")
                .append(rule.id())
                .append("  ")
                .append(rule.title())
                .append('\n');
        line(text, "source", rule.level() + ", " + rule.source());
        line(
                text,
                "request",
                (example.example().name().isEmpty() ? "" : example.example().name() + ": ")
                        + example.example().when());
        line(text, "owed", example.example().then().toString());
        line(text, "answers", distribution(example.quiet().distribution()) + " (" + counted(example.quiet()) + ")");
        example.loaded().ifPresent(sample -> {
            line(text, "loaded", distribution(sample.distribution()) + " (" + counted(sample) + ")");
            sample.beside().ifPresent(beside -> line(text, "load", of(beside)));
        });
        for (Witness witness : shown(example)) {
            line(text, "answer", witness.answer() + (example.onlyUnderLoad(witness) ? " (only under load)" : ""));
            witness.before().forEach(exchange -> line(text, "before", summary(exchange)));
            text.append(text(witness.exchange()));
            witness.after().forEach(exchange -> line(text, "after", summary(exchange)));
        }
        return text.toString();
    }

    /** The wrong answer; of changing ones two, so that the difference can be seen. */
    private static List<Witness> shown(ExampleVerdict example) {
        return example.status() == Status.FAIL
                ? example.witnesses().subList(0, 1)
                : example.witnesses().subList(0, Math.min(2, example.witnesses().size()));
    }

    /** Load in words. */
    private static String of(Beside beside) {
        return beside.workers() + " workers, " + beside.requests() + " requests, " + beside.onSubject()
                + " of them reads of the subject"
                + (beside.unanswered() == 0 ? "" : "; " + beside.unanswered() + " unanswered");
    }

    /** How many repetitions were answered, and why others were not. */
    static String counted(Sample sample) {
        return sample.answered() + " of " + sample.planned() + " repetitions answered"
                + (sample.unknowns() == 0 ? "" : "; nothing follows from " + distribution(sample.unknown()));
    }

    /** The answers of both series, told apart where there are two. */
    static String distributions(Sample quiet, Optional<Sample> loaded) {
        String text = distribution(quiet.distribution());
        return loaded.map(sample -> "quiet " + text + " | under load " + distribution(sample.distribution()))
                .orElse(text);
    }

    private static String distribution(Map<String, Integer> distribution) {
        return distribution.isEmpty()
                ? "none"
                : distribution.entrySet().stream()
                        .map(entry -> entry.getValue() + " × " + entry.getKey())
                        .collect(Collectors.joining(", "));
    }

    /** Request and answer as sent. */
    public static String text(Exchange exchange) {
        RawRequest sent = exchange.sent();
        RawAnswer answer = exchange.answer();
        StringBuilder text = new StringBuilder();
        text.append("    > ").append(target(sent)).append('\n');
        sent.headers().forEach(field -> text.append("    > ").append(field).append('\n'));
        body(text, "    > ", sent.body() == null ? new byte[0] : sent.body());
        text.append("    < ")
                .append(answer.failure() == null ? answer.status() : "nothing: " + answer.detail())
                .append('\n');
        answer.headers().forEach(field -> text.append("    < ").append(field).append('\n'));
        body(text, "    < ", answer.body());
        return text.toString();
    }

    private static String summary(Exchange exchange) {
        return target(exchange.sent()) + " → " + exchange.answer().status()
                + exchange.answer().header("ETag").map(tag -> " ETag " + tag).orElse("");
    }

    private static String target(RawRequest sent) {
        StringBuilder text = new StringBuilder(sent.method());
        text.append(" /").append(String.join("/", sent.path()));
        String separator = "?";
        for (RawField field : sent.query()) {
            text.append(separator).append(field.name());
            if (!field.value().isEmpty()) {
                text.append('=').append(URLEncoder.encode(field.value(), StandardCharsets.UTF_8));
            }
            separator = "&";
        }
        return text.toString();
    }

    private static void body(StringBuilder text, String margin, byte[] body) {
        if (body.length == 0) {
            return;
        }
        String content = new String(body, StandardCharsets.UTF_8);
        String shown = content.length() <= BODY_CHARACTERS_MAX
                ? content
                : content.substring(0, BODY_CHARACTERS_MAX) + "… (" + body.length + " bytes)";
        text.append(margin.stripTrailing()).append('\n');
        shown.lines().forEach(each -> text.append(margin).append(each).append('\n'));
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "  %-8s %s\n", name, value));
    }
}
