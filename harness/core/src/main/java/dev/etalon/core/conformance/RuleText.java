package dev.etalon.core.conformance;

import dev.etalon.core.conformance.RuleVerdict.ExampleVerdict;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Rules and what came of them, as plain text. */
public final class RuleText {
    /** More of a body says nothing more about a rule. */
    private static final int BODY_CHARACTERS_MAX = 1_000;

    /** More examples of one rule say nothing more about the server; the rest is named. */
    private static final int EXAMPLES_MAX = 3;

    /** Share below which another answer stays with 95 % confidence after none in n repetitions: 3/n (rule of three). */
    private static final double RULE_OF_THREE = 3;

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
        int least = verdict.examples().stream()
                .mapToInt(ExampleVerdict::answered)
                .min()
                .orElse(1);
        return String.format(
                Locale.ROOT, " [0 other answers in %d: under %.2g %% at 95 %%]", least, 100 * RULE_OF_THREE / least);
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
                .forEach(example ->
                        line(text, "also", example.example().name() + ": " + distribution(example.distribution())));
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
        line(
                text,
                "answers",
                distribution(example.distribution()) + " (" + example.answered() + " of " + example.planned()
                        + " repetitions answered)");
        for (Witness witness : shown(example)) {
            line(text, "answer", witness.answer());
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

    static String distribution(Map<String, Integer> distribution) {
        return distribution.entrySet().stream()
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
