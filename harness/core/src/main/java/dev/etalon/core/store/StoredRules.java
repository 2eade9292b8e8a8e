package dev.etalon.core.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code rules.json} of a run folder holds: the rules that were put to a target, what came of each, and what it does
 * with conditions. {@code docs/rules-format.md} describes it for other programs.
 *
 * @param version of the format: {@link #VERSION}. Fields may be added within a version, and are never taken away or changed
 * @param target the server
 * @param run how it was asked
 * @param rules what came of each rule, in the order they were asked
 * @param capabilities what it does with conditions; empty when that was not asked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredRules(int version, Target target, Run run, List<Rule> rules, List<Capability> capabilities) {
    /** The version that is written. */
    public static final int VERSION = 1;

    public StoredRules {
        rules = List.copyOf(Objects.requireNonNull(rules, "rules is missing"));
        capabilities = List.copyOf(Objects.requireNonNull(capabilities, "capabilities is missing"));
    }

    /**
     * A server.
     *
     * @param name the target's name
     * @param kind where it runs: EMBEDDED, CONTAINER, EXTERNAL
     * @param protocol HTTP or S3
     * @param dialect the statuses it is held to
     * @param product name and version that answered
     * @param url where
     * @param claims names of the capabilities it claims
     */
    public record Target(
            String name,
            String kind,
            String protocol,
            String dialect,
            String product,
            String url,
            List<String> claims) {}

    /**
     * How it was asked.
     *
     * @param begun UTC, ISO 8601
     * @param ended UTC, ISO 8601
     * @param repetitions of each example, quiet and again under load
     * @param load workers that kept it busy; 0 for none
     * @param planned how many rules were to be asked
     * @param endedEarly why fewer were; null when all were asked
     * @param environment the machine, by name
     * @param repeat the command that asks again; null when it was not stored
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Run(
            String begun,
            String ended,
            int repetitions,
            int load,
            int planned,
            @Nullable String endedEarly,
            Map<String, String> environment,
            @Nullable String repeat) {
        /** Of a run whose command was not stored. */
        public Run(
                String begun,
                String ended,
                int repetitions,
                int load,
                int planned,
                @Nullable String endedEarly,
                Map<String, String> environment) {
            this(begun, ended, repetitions, load, planned, endedEarly, environment, null);
        }
    }

    /**
     * What came of a rule.
     *
     * @param id stable and unique
     * @param title what is promised
     * @param level MUST, DOCUMENTED, SHOULD, MAY, DIALECT
     * @param source who says so
     * @param status PASS, NOT_APPLICABLE, NOT_SUPPORTED, UNDECIDED, FLAPPING, FAIL
     * @param sentence why; empty for a pass
     * @param broken whether it shows the server to be wrong
     * @param deterministic whether every example was answered, and each time the same
     * @param examples the ways it was put to the server
     * @param known true when it is broken as the user said is known; null otherwise
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Rule(
            String id,
            String title,
            String level,
            String source,
            String status,
            String sentence,
            boolean broken,
            boolean deterministic,
            List<Example> examples,
            @Nullable Boolean known) {
        /** A rule of which the user said nothing. */
        public Rule(
                String id,
                String title,
                String level,
                String source,
                String status,
                String sentence,
                boolean broken,
                boolean deterministic,
                List<Example> examples) {
            this(id, title, level, source, status, sentence, broken, deterministic, examples, null);
        }
    }

    /**
     * What came of an example.
     *
     * @param name tells it from the others of its rule; empty when there is only one
     * @param given what was done before, one line each, names in braces
     * @param when the request, in one line
     * @param then what is owed, in one line
     * @param status as of a rule
     * @param sentence why; empty for a pass
     * @param quiet the answers while nothing else was asked
     * @param loaded the answers under load; null when that was not done
     * @param witnesses the first repetition of each answer
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Example(
            String name,
            List<String> given,
            String when,
            String then,
            String status,
            String sentence,
            Sample quiet,
            @Nullable Sample loaded,
            List<Witness> witnesses) {}

    /**
     * A series of repetitions.
     *
     * @param planned how many
     * @param answered how many were answered
     * @param distribution how often each answer came, the most frequent first
     * @param unknown how often nothing followed, by cause
     * @param bound share of other answers, 0 to 1, that 95 % confidence leaves when all were the same
     * @param beside the load; null for a quiet series
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Sample(
            int planned,
            int answered,
            Map<String, Integer> distribution,
            Map<String, Integer> unknown,
            double bound,
            @Nullable Beside beside) {}

    /** Load: most requests in flight, how many were sent, how many read the rule's subject, how many were unanswered. */
    public record Beside(int workers, int requests, int onSubject, int unanswered) {}

    /**
     * A repetition as it went.
     *
     * @param answer the class of the answer, a key of the distributions
     * @param underLoad whether this answer came under load alone
     * @param faults what was not as owed
     * @param before set-up, and the read before
     * @param exchange the request the rule is about
     * @param after the reads afterwards
     */
    public record Witness(
            String answer,
            boolean underLoad,
            List<String> faults,
            List<Exchange> before,
            Exchange exchange,
            List<Exchange> after) {}

    /** A request as sent, credentials blacked out, and its answer. */
    public record Exchange(Sent sent, Answer answer) {}

    /** A request: path and query not encoded, field lines as {@code name: value}, content as text. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Sent(
            String method,
            String path,
            List<String> query,
            List<String> headers,
            @Nullable String body) {}

    /** An answer: status 0 and the failure in words when none was in. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Answer(
            int status,
            List<String> headers,
            @Nullable String body,
            @Nullable String failure) {}

    /**
     * What a server does with a condition on an operation.
     *
     * @param operation what is done: PUT, Complete
     * @param condition the header, with {@code : *} where that is its value
     * @param state HONOURED, PARTIAL, IGNORED, REFUSED, NOT_OFFERED, UNDECIDED
     * @param sentence the answers that show it
     * @param claimed whether the target claims it; null when there is no such claim to make
     * @param asClaimed whether claim and conduct agree; null when one of them is not known
     * @param probe the probe as a rule
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Capability(
            String operation,
            String condition,
            String state,
            String sentence,
            @Nullable Boolean claimed,
            @Nullable Boolean asClaimed,
            Rule probe) {}

    /**
     * Reads a file, of this version or an earlier one.
     *
     * @throws IOException with a sentence that says what to do, when it cannot be read
     */
    public static StoredRules read(Path file) throws IOException {
        return Complete.read(
                file,
                StoredRules.class,
                "verdicts on rules",
                StoredRules::version,
                VERSION,
                "put the rules to the target again");
    }
}
