package dev.etalon.core.conformance;

import dev.etalon.core.model.Outcome;
import dev.etalon.core.rule.Example;
import dev.etalon.core.rule.Send;
import dev.etalon.core.rule.Step;
import dev.etalon.core.rule.Then;
import dev.etalon.core.target.Exchange;
import dev.etalon.core.target.RawAnswer;
import dev.etalon.core.target.RawClient;
import dev.etalon.core.target.RawField;
import dev.etalon.core.target.RawRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One example put to a server once, on names of its own. */
final class Repetition {
    /** Statuses by which a server says that it does not offer what was asked for. */
    private static final Set<Integer> NOT_OFFERED = Set.of(405, 501);

    /** The state of something is in the way now (RFC 9110 §15.5.10); what the server can do is not said. */
    private static final int CONFLICT = 409;

    /** What S3 would have answered, had it not sent its 200 before it knew (CopyObject, CompleteMultipartUpload). */
    private static final Map<String, Integer> LATE_STATUS = Map.of(
            "PreconditionFailed",
            412,
            "NoSuchKey",
            404,
            "NoSuchUpload",
            404,
            "ConditionalRequestConflict",
            409,
            "NotImplemented",
            501);

    private static final String CONTENT_TYPE = "Content-Type";
    private static final String OCTETS = "application/octet-stream";
    private static final String XML = "application/xml";

    private static final Pattern NEEDS_STRONG = Pattern.compile("(?i)(.*-)?if-(match|range)");

    private final RawClient client;
    private final String dialect;
    private final Names names;
    private static final int PRECONDITION_REQUIRED = 428;

    private static final Pattern CONDITION = Pattern.compile("(?i)if-match|if-none-match");

    private final boolean loaded;
    private final List<Exchange> before = new ArrayList<>();
    private final Map<String, RawAnswer> reads = new HashMap<>();

    /** Why the steps led to nothing; null while they lead on. */
    private @Nullable Result ended;

    /**
     * Makes one.
     *
     * @param loaded whether the server is kept busy meanwhile
     */
    Repetition(RawClient client, String dialect, Names names, boolean loaded) {
        this.client = client;
        this.dialect = dialect;
        this.names = names;
        this.loaded = loaded;
    }

    /** What came of it. */
    sealed interface Result {}

    /** Everything was answered. */
    record Answered(RuleVerdict.Witness witness, boolean offered) implements Result {}

    /** The server lacks something, and says so. */
    record Lacking(String sentence) implements Result {}

    /**
     * The state that the example speaks of is not there yet, and may be when what was written grows older: the current tag is
     * still marked weak, or still the one that was to be superseded.
     */
    record Unripe(Cause cause, String sentence) implements Result {
        /** What a greater age may mend. */
        enum Cause {
            WEAK,
            NOT_SUPERSEDED
        }
    }

    /** Nothing follows; silent when the server did not look at the request. The cause is a word or two, to be counted. */
    record Unknown(String sentence, String cause, boolean silent) implements Result {
        /** Whether the server had not answered when it was no longer waited for. */
        boolean timedOut() {
            return cause.equals(nothing(Outcome.Cause.TIMEOUT));
        }
    }

    /** Ends a repetition without a verdict. */
    private static final class EndException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Result result;

        EndException(Result result) {
            super(result.toString());
            this.result = result;
        }
    }

    /** Runs the steps of a feature and gives what they keep. */
    Result probe(List<Step> steps) {
        try {
            for (Step step : steps) {
                step(step);
            }
        } catch (EndException e) {
            return e.result;
        } catch (Names.MissingException e) {
            return new Lacking(e.getMessage());
        }
        Exchange last = before.get(before.size() - 1);
        return new Answered(new RuleVerdict.Witness("", List.of(), before, last, List.of()), true);
    }

    /** Runs an example. */
    Result run(Example example) {
        for (Step step : example.given()) {
            if (!bring(step)) {
                break;
            }
        }
        return ask(example);
    }

    /** Takes one step towards the state that the example speaks of; false when there is no point in another. */
    boolean bring(Step step) {
        try {
            if (ended == null) {
                step(step);
            }
        } catch (EndException e) {
            ended = e.result;
        } catch (Names.MissingException e) {
            ended = new Lacking(String.valueOf(e.getMessage()));
        }
        return ended == null;
    }

    /** Sends the request of an example, whose steps are taken. May be asked again when the answer was {@link Unripe}. */
    Result ask(Example example) {
        if (ended != null) {
            return ended;
        }
        try {
            look(example);
            Exchange exchange = client.send(request(example.when()));
            RawAnswer answer = exchange.answer();
            if (answer.failure() != null) {
                return new Unknown(
                        "no whole answer to " + line(exchange) + " (" + answer.detail() + ")", shown(answer), true);
            }
            if (demands(example.when(), example.then(), answer)) {
                return new Lacking(
                        "the server demands a condition where something is there (428), and this request has none");
            }
            int status = status(example.when(), answer);
            Optional<String> unavailable = Unavailable.in(answer, loaded)
                    .filter(word -> !example.then().statuses(dialect).contains(status));
            if (unavailable.isPresent()) {
                return new Unknown(line(exchange) + " was answered " + unavailable.get(), unavailable.get(), false);
            }
            return judged(example, exchange);
        } catch (EndException e) {
            return e.result;
        } catch (Names.MissingException e) {
            return new Lacking(String.valueOf(e.getMessage()));
        }
    }

    private void step(Step step) throws EndException, Names.MissingException {
        Exchange exchange = client.send(request(step.send()));
        before.add(exchange);
        if (demands(step.send(), step.then(), exchange.answer())) {
            exchange = underCondition(step.send());
        }
        RawAnswer answer = exchange.answer();
        if (answer.failure() != null) {
            throw new EndException(new Unknown(
                    "no whole answer to the set-up " + line(exchange) + " (" + answer.detail() + ")",
                    shown(answer),
                    true));
        }
        Faults faults = new Faults();
        answerFaults(step.send(), step.then(), answer, faults);
        boolean asOwed = faults.isEmpty();
        for (Step.Keep keep : step.keeps()) {
            Optional<String> value = keep.from().startsWith("/")
                    ? XmlBody.of(answer.body()).text(names.resolve(keep.from()))
                    : answer.header(keep.from());
            value.ifPresent(text -> names.put(keep.name(), text));
            if (value.isEmpty()) {
                faults.add("it has no " + keep.from());
            }
        }
        if (!faults.isEmpty()) {
            String sentence = "the set-up " + line(exchange) + " was answered " + shown(answer) + ": "
                    + String.join("; ", faults.sentences());
            throw new EndException(
                    asOwed || NOT_OFFERED.contains(answer.status())
                            ? new Lacking(sentence)
                            : new Unknown(
                                    sentence,
                                    "set-up " + shown(answer),
                                    answer.status() == CONFLICT
                                            || Unavailable.in(answer, loaded).isPresent()));
        }
        rest(step.pause());
    }

    /** Whether an answer demands a condition (RFC 6585 §3) of a request that has none to evaluate. */
    private boolean demands(Send send, Then owed, RawAnswer answer) {
        return answer.status() == PRECONDITION_REQUIRED
                && !owed.statuses(dialect).contains(PRECONDITION_REQUIRED)
                && send.headers().stream()
                        .noneMatch(field -> CONDITION.matcher(field.name()).matches()
                                && !field.value().isBlank());
    }

    /** The same request under the condition that what is there stays so until then. */
    private Exchange underCondition(Send send) throws EndException, Names.MissingException {
        Exchange look = read(send.path());
        before.add(look);
        boolean there = look.answer().status() == 200;
        Send conditional = there
                ? send.header("If-Match", look.answer().header("ETag").orElse("*"))
                : send.header("If-None-Match", "*");
        Exchange exchange = client.send(request(conditional));
        before.add(exchange);
        return exchange;
    }

    private static void rest(Duration pause) throws EndException {
        if (!Ageing.rest(pause)) {
            throw new EndException(new Unknown("the run was interrupted", "interrupted", false));
        }
    }

    /** Reads what the rule speaks of, for its validators and to compare with afterwards. */
    private void look(Example example) throws EndException, Names.MissingException {
        Set<String> paths = new TreeSet<>();
        paths.add(Send.SUBJECT);
        example.then().after().forEach(state -> paths.add(state.path()));
        for (String path : paths) {
            Exchange exchange = read(path);
            before.add(exchange);
            reads.put(path, exchange.answer());
        }
        RawAnswer subject = reads.get(Send.SUBJECT);
        if (subject != null && subject.status() == 200) {
            subject.header("ETag").ifPresent(tag -> names.put("E", tag));
            subject.header("Last-Modified").ifPresent(date -> names.put("LM", date));
            String tag = subject.header("ETag").orElse("");
            if (tag.startsWith("W/") && needsStrongTag(example.when())) {
                throw new EndException(new Unripe(Unripe.Cause.WEAK, "it gives only a weak entity tag (" + tag + ")"));
            }
        }
        for (Step step : example.given()) {
            for (Step.Keep keep : step.keeps()) {
                if (keep.supersededBy().isPresent()
                        && speaksOf(example.when(), keep.name())
                        && same(keep.name(), keep.supersededBy().get())) {
                    throw new EndException(new Unripe(
                            Unripe.Cause.NOT_SUPERSEDED,
                            "after a change its entity tag is still the one before ("
                                    + names.resolve("{" + keep.name() + "}") + "), see VA-01"));
                }
            }
        }
    }

    /** Whether two validators name the same by the weak comparison: a mark of weakness is no difference. */
    private boolean same(String one, String other) throws Names.MissingException {
        return names.knows(one)
                && names.knows(other)
                && names.resolve("{" + one + ".strong}").equals(names.resolve("{" + other + ".strong}"));
    }

    private static boolean speaksOf(Send send, String name) {
        return fields(send)
                .anyMatch(field -> field.value().contains("{" + name + "}")
                        || field.value().contains("{" + name + "."));
    }

    private static Stream<RawField> fields(Send send) {
        return Stream.concat(send.headers().stream(), send.query().stream());
    }

    /** Whether the current tag must be strong for the example to mean what it says (RFC 9110 §13.1.1). */
    private static boolean needsStrongTag(Send send) {
        return fields(send)
                .anyMatch(field -> field.value().contains("{E")
                        && NEEDS_STRONG.matcher(field.name()).matches());
    }

    private Exchange read(String path) throws EndException, Names.MissingException {
        // A shared cache may answer from its store while that is fresh (RFC 9111), which is no fault of the server.
        Exchange exchange = client.send(request(Send.get().at(path).header("Cache-Control", "no-cache")));
        RawAnswer answer = exchange.answer();
        if (answer.failure() != null || (answer.status() != 200 && answer.status() != 404)) {
            throw new EndException(new Unknown(
                    "the plain read " + line(exchange) + " was answered " + shown(answer),
                    "read " + shown(answer),
                    answer.failure() != null));
        }
        return exchange;
    }

    private Result judged(Example example, Exchange exchange) throws EndException, Names.MissingException {
        Then then = example.then();
        RawAnswer answer = exchange.answer();
        Faults faults = new Faults();
        answerFaults(example.when(), then, answer, faults);
        boolean offered = faults.isEmpty() || !NOT_OFFERED.contains(status(example.when(), answer));
        List<Exchange> after = new ArrayList<>();
        for (Then.After state : then.after()) {
            // What was not offered cannot have happened, only be kept from happening.
            if (offered || state instanceof Then.Unchanged) {
                Exchange look = read(state.path());
                after.add(look);
                String fault = stateFault(state, exchange, look.answer());
                if (fault != null) {
                    faults.add(fault);
                    offered = true;
                }
            }
        }
        String text = faults.isEmpty() ? shown(answer) : shown(answer) + "; " + faults.classes();
        return new Answered(new RuleVerdict.Witness(text, faults.sentences(), before, exchange, after), offered);
    }

    private void answerFaults(Send send, Then then, RawAnswer answer, Faults faults) throws Names.MissingException {
        int status = status(send, answer);
        if (!then.statuses(dialect).contains(status)) {
            faults.add("status is " + status + ", owed is " + new TreeSet<>(then.statuses(dialect)));
            return;
        }
        XmlBody body = XmlBody.of(answer.body());
        boolean bodiless = send.method().equals("HEAD") || status == 304;
        if (then.code() != null && !bodiless && then.statuses().contains(status)) {
            String code = body.text("/Error/Code").orElse("none");
            if (!code.equals(then.code())) {
                faults.add("error code is " + code + ", owed is " + then.code());
            }
        }
        for (Then.Header header : then.headers()) {
            String value = answer.header(header.name()).orElse(null);
            if (!met(header, value, answer)) {
                faults.add(
                        header.name() + " is " + (value == null ? "missing" : value) + ", owed is " + owed(header),
                        header.name() + " is " + (value == null ? "missing" : "not as owed"));
            }
        }
        if (then.body() != null && !bodiless && !Arrays.equals(utf8(names.resolve(then.body())), answer.body())) {
            faults.add("the content is another, owed is \"" + then.body() + "\"");
        }
        for (Then.Element element : then.elements()) {
            String path = names.resolve(element.path());
            String value = body.text(path).orElse(null);
            List<String> owed = new ArrayList<>();
            for (String one : element.values()) {
                owed.add(names.resolve(one));
            }
            if (owed.isEmpty() ? value != null : value == null || !owed.contains(value)) {
                String wanted = owed.isEmpty() ? "none" : String.join(" or ", element.values());
                faults.add(
                        element.path() + " is " + (value == null ? "missing" : value) + ", owed is " + wanted,
                        element.path() + " is " + (value == null ? "missing" : "not as owed"));
            }
        }
        RawAnswer read = reads.get(Send.SUBJECT);
        for (String name : then.asRead()) {
            String owed = read == null ? null : read.header(name).orElse(null);
            if (owed != null && !equal(name, answer.header(name).orElse(""), owed)) {
                faults.add(
                        name + " is " + answer.header(name).orElse("missing") + ", but the 200 has one",
                        name + " is " + (answer.header(name).isEmpty() ? "missing" : "not that of the 200"));
            }
        }
    }

    private boolean met(Then.Header header, @Nullable String value, RawAnswer answer) throws Names.MissingException {
        String demanded = header.value() == null ? null : names.resolve(header.value());
        return switch (header.demand()) {
            case IS -> value != null && (demanded == null || equal(header.name(), value, demanded));
            case LIKE -> value != null && demanded != null && value.matches(demanded);
            case NOT -> value == null || (demanded != null && !value.equals(demanded));
            case NOT_LATER -> {
                String other = demanded == null ? null : answer.header(demanded).orElse(null);
                yield value == null || other == null || !Names.date(value).isAfter(Names.date(other));
            }
        };
    }

    private String owed(Then.Header header) throws Names.MissingException {
        String demanded = header.value() == null ? "" : names.resolve(header.value());
        return switch (header.demand()) {
            case IS -> demanded.isEmpty() ? "one" : demanded;
            case LIKE -> "like " + demanded;
            case NOT -> demanded.isEmpty() ? "none" : "another";
            case NOT_LATER -> "not later than " + demanded;
        };
    }

    private @Nullable String stateFault(Then.After state, Exchange exchange, RawAnswer now)
            throws Names.MissingException {
        if (state instanceof Then.Gone) {
            RawAnswer was = reads.get(state.path());
            boolean never = was != null && was.status() == 404;
            return now.status() == 404
                    ? null
                    : words(state.path()) + (never ? " has come into being" : " is still there");
        }
        if (state instanceof Then.Unchanged) {
            RawAnswer was = reads.get(state.path());
            if (was == null) {
                throw new IllegalStateException("whoever compares has looked before: path=" + state.path());
            }
            if (was.status() != now.status()) {
                return words(state.path()) + (now.status() == 404 ? " is gone" : " has come into being");
            }
            if (now.status() == 404) {
                return null;
            }
            if (!Arrays.equals(was.body(), now.body())) {
                return words(state.path()) + " has other content";
            }
            return opaque(was).equals(opaque(now)) ? null : words(state.path()) + " has another entity tag";
        }
        if (now.status() == 404) {
            return words(state.path()) + " is not there";
        }
        if (state instanceof Then.Changed) {
            RawAnswer was = reads.get(state.path());
            return was != null && Arrays.equals(was.body(), now.body())
                    ? words(state.path()) + " has the same content"
                    : null;
        }
        if (state instanceof Then.HoldsIfTagged tagged) {
            return exchange.answer().header("ETag").isEmpty()
                    ? null
                    : holdsFault(new Then.Holds(tagged.path(), tagged.body()), exchange, now);
        }
        return holdsFault((Then.Holds) state, exchange, now);
    }

    private @Nullable String holdsFault(Then.Holds state, Exchange exchange, RawAnswer now)
            throws Names.MissingException {
        byte[] owed = utf8(names.resolve(state.body()));
        if (!Arrays.equals(owed, now.body())) {
            return words(state.path()) + " does not hold what was written";
        }
        RawAnswer answer = exchange.answer();
        String given = answer.header("ETag")
                .or(() -> XmlBody.of(answer.body()).text("//ETag"))
                .orElse("");
        return given.isEmpty() || unquoted(given).equals(unquoted(opaque(now)))
                ? null
                : words(state.path()) + " is read under another entity tag than the answer gave";
    }

    /** A place in words, the same for every repetition. */
    private static String words(String path) {
        return path.equals(Send.SUBJECT) ? "the resource" : path.replaceAll("[{}]", "");
    }

    /** Whether two values of a field say the same; of tags without regard to the mark of weakness, see {@link #opaque}. */
    private static boolean equal(String field, String one, String other) {
        return field.equalsIgnoreCase("ETag") ? opaque(one).equals(opaque(other)) : one.equals(other);
    }

    private static String opaque(RawAnswer answer) {
        return opaque(answer.header("ETag").orElse(""));
    }

    /** The tag without its mark of weakness: a server may take that away as time passes. */
    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    private static String unquoted(String tag) {
        return opaque(tag).replace("\"", "");
    }

    /** The status, or the one that an early 200 turned out to mean. */
    static int status(Send send, RawAnswer answer) {
        boolean early = send.method().equals("POST")
                || send.headers().stream().anyMatch(field -> field.name().equalsIgnoreCase("x-amz-copy-source"));
        return early && answer.status() == 200
                ? XmlBody.of(answer.body())
                        .text("/Error/Code")
                        .map(code -> LATE_STATUS.getOrDefault(code, 500))
                        .orElse(200)
                : answer.status();
    }

    private RawRequest request(Send send) throws Names.MissingException {
        byte[] body = send.body() == null ? null : utf8(names.resolve(send.body()));
        if (body != null) {
            names.put("md5", md5(body));
        }
        List<RawField> query = new ArrayList<>();
        for (RawField field : send.query()) {
            query.add(new RawField(field.name(), names.resolve(field.value())));
        }
        List<RawField> headers = new ArrayList<>();
        for (RawField field : send.headers()) {
            headers.add(new RawField(field.name(), names.resolve(field.value())));
        }
        if (send.body() != null
                && headers.stream().noneMatch(field -> field.name().equalsIgnoreCase(CONTENT_TYPE))) {
            // As a careful client does (RFC 9110 §8.3): some servers do not look at content of which nothing says what
            // it is.
            headers.add(new RawField(CONTENT_TYPE, send.body().startsWith("<") ? XML : OCTETS));
        }
        List<String> path = List.of(names.resolve(send.path()).split("/"));
        return new RawRequest(send.method(), path, query, headers, body, send.credentials());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String md5(byte[] body) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    private static String nothing(Outcome.Cause why) {
        return "nothing (" + why.name().toLowerCase(Locale.ROOT) + ")";
    }

    /** Status and error code. */
    private static String shown(RawAnswer answer) {
        if (answer.failure() != null) {
            return nothing(answer.failure());
        }
        return answer.status()
                + XmlBody.of(answer.body())
                        .text("/Error/Code")
                        .map(code -> " " + code)
                        .orElse("");
    }

    private static String line(Exchange exchange) {
        RawRequest sent = exchange.sent();
        return sent.method() + " /" + String.join("/", sent.path());
    }
}
