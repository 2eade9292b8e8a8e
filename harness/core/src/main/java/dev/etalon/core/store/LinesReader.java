package dev.etalon.core.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Operation.Answer;
import dev.etalon.core.model.Operation.Request;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads JSON Lines, token by token: no line becomes a tree, and every error names its line. Used once. */
final class LinesReader {
    private static final Map<String, Method> METHODS =
            Arrays.stream(Method.values()).collect(Collectors.toUnmodifiableMap(Method::name, Function.identity()));
    private static final Map<String, Precondition.Kind> KINDS = Words.all(Precondition.Kind.values());
    private static final Map<String, Outcome.Cause> CAUSES = Words.all(Outcome.Cause.values());
    private static final Map<String, Observation.Flaw> FLAWS = Words.all(Observation.Flaw.values());

    /** Fields with this prefix are the writer's own and skipped. */
    private static final String OWN = "x-";

    private static final String SEE = "see docs/history-format.md";

    /** As {@link HistoryLines#JSON}, but a field may come twice: a quarter of the time goes into looking for such. */
    private static final JsonFactory QUICK = new JsonFactory();

    /** The fields of operations and of what is in them, a bit each. */
    private static final Map<String, Integer> BITS = bits(
            "id",
            "actor",
            "host",
            "round",
            "key",
            "endpoint",
            "method",
            "precondition",
            "writes",
            "depth",
            "start",
            "end",
            "released",
            "status",
            "outcome",
            "cause",
            "tag",
            "observation",
            "kind",
            "version",
            "parent",
            "flaw");

    private final Lines lines;

    /** Reads the next line; the quick one until a line has something that it does not see. */
    private JsonFactory json = QUICK;

    private final Shared shared = new Shared();
    private final LongSet ids = new LongSet();
    private final List<Operation> operations = new ArrayList<>();
    private final List<String> damage = new ArrayList<>();
    private History.Clocks clocks = History.Clocks.ONE;
    private long previousNs = Long.MIN_VALUE;

    /** How many operations the header counts; -1 when it does not. */
    private long promised = -1;

    private LinesReader(Lines lines) {
        this.lines = lines;
    }

    static History read(Path file) throws IOException {
        try (Lines lines = new Lines(file)) {
            return new LinesReader(lines).history();
        }
    }

    private History history() throws IOException {
        if (!lines.next()) {
            throw noHeader();
        }
        History.Origin origin = header();
        while (lines.next()) {
            try {
                operation();
            } catch (JsonProcessingException e) {
                if (!lines.terminated()) {
                    damage.add("the file ends inside a line, which is left out: line=" + lines.number());
                    break;
                }
                throw malformed(e);
            }
        }
        if (operations.size() < promised) {
            damage.add("the file ends early: operations=" + operations.size() + " promised=" + promised);
        }
        return new History(origin, operations, damage, clocks);
    }

    private JsonParser parser(JsonFactory factory) throws IOException {
        return factory.createParser(lines.bytes(), lines.from(), lines.to() - lines.from());
    }

    private HistoryFormatException malformed(JsonProcessingException e) {
        String column =
                e.getLocation() == null ? "" : "column=" + e.getLocation().getColumnNr();
        HistoryFormatException malformed = lines.error(
                "a line is not JSON: "
                        + e.getOriginalMessage().lines().findFirst().orElse(""),
                column,
                SEE);
        malformed.initCause(e);
        return malformed;
    }

    private HistoryFormatException noHeader() {
        return lines.error(
                "not a history of Etalon",
                "",
                "the first of its JSON Lines begins with {\"" + HistoryLines.MARK + "\":" + HistoryLines.VERSION);
    }

    private History.Origin header() throws IOException {
        try (JsonParser in = parser(HistoryLines.JSON)) {
            if (in.nextToken() != JsonToken.START_OBJECT || !HistoryLines.MARK.equals(in.nextFieldName())) {
                throw noHeader();
            }
            in.nextToken();
            long version = number(in, HistoryLines.MARK, 0, Integer.MAX_VALUE);
            if (version != HistoryLines.VERSION) {
                throw lines.error(
                        "a history of a schema this version does not know",
                        "version=" + version + " known=" + HistoryLines.VERSION,
                        "read it with a newer version, or write it in the known one");
            }
            return origin(in);
        } catch (JsonProcessingException e) {
            throw marked() ? malformed(e) : noHeader();
        }
    }

    /** Whether a header that is not whole was meant to be one. */
    private boolean marked() {
        return new String(lines.bytes(), lines.from(), lines.to() - lines.from(), StandardCharsets.ISO_8859_1)
                .contains('"' + HistoryLines.MARK + '"');
    }

    private History.Origin origin(JsonParser in) throws IOException {
        long run = 0;
        String keyPrefix = "";
        String scenario = "";
        String target = "";
        String host = "";
        String startedAt = "";
        long startNs = 0;
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            in.nextToken();
            switch (field) {
                case "run" -> run = run(in);
                case "keyPrefix" -> keyPrefix = text(in, field);
                case "scenario" -> scenario = text(in, field);
                case "target" -> target = text(in, field);
                case "host" -> host = text(in, field);
                case "startedAt" -> startedAt = text(in, field);
                case "startNs" -> startNs = number(in, field, Long.MIN_VALUE, Long.MAX_VALUE);
                case "clocks" -> clocks = clocks(in);
                case "damage" -> damage.addAll(texts(in, field));
                case "partial" -> {
                    if (truth(in, field)) {
                        damage.add("the recording is partial: not everything that was sent is in it");
                    }
                }
                case "operations" -> promised = number(in, field, 0, Integer.MAX_VALUE);
                default -> skip(in, field);
            }
        }
        endOfLine(in);
        return new History.Origin(run, keyPrefix, scenario, target, host, startedAt, startNs);
    }

    private long run(JsonParser in) throws IOException {
        String digits = text(in, "run");
        try {
            return Long.parseUnsignedLong(digits, 16);
        } catch (NumberFormatException e) {
            throw out("run", digits, "up to 16 hexadecimal digits");
        }
    }

    private History.Clocks clocks(JsonParser in) throws IOException {
        List<String> hosts = List.of();
        long boundNs = 0;
        boolean barriers = false;
        object(in, "clocks");
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            in.nextToken();
            switch (field) {
                case "hosts" -> hosts = texts(in, field);
                case "boundNs" -> boundNs = number(in, field, 0, Long.MAX_VALUE);
                case "barriers" -> barriers = truth(in, field);
                default -> skip(in, field);
            }
        }
        return new History.Clocks(hosts, boundNs, barriers);
    }

    private void operation() throws IOException {
        try (JsonParser in = parser(json)) {
            operation(in);
        } catch (Doubt e) {
            json = HistoryLines.JSON;
            try (JsonParser in = parser(json)) {
                operation(in);
            }
        }
    }

    /** The line has a field twice, or one that nobody looks into: {@link #QUICK} is not enough for it. */
    private static final class Doubt extends IOException {
        private static final long serialVersionUID = 1;
        private static final Doubt DOUBT = new Doubt();

        /** Without a stack, for it leads no further than this class. */
        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }

    /** The fields of an object with one more. */
    private int with(int fields, String field) throws Doubt {
        int bit = BITS.getOrDefault(field, 0);
        if (json == QUICK && (bit == 0 || (fields & bit) != 0)) {
            throw Doubt.DOUBT;
        }
        return fields | bit;
    }

    private static Map<String, Integer> bits(String... names) {
        // Not an immutable one, which is slower to ask.
        Map<String, Integer> bits = new HashMap<>();
        for (String name : names) {
            bits.put(name, 1 << bits.size());
        }
        return bits;
    }

    private void operation(JsonParser in) throws IOException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            throw lines.error("a line is not an object", "", SEE);
        }
        Draft draft = new Draft();
        int fields = 0;
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            fields = with(fields, field);
            in.nextToken();
            draft.set(in, field);
        }
        endOfLine(in);
        Operation operation = draft.operation();
        if (operation.startNs() < previousNs) {
            throw lines.error(
                    "the clock goes back",
                    "start=" + operation.startNs() + " previous=" + previousNs,
                    "sort the operations by their start");
        }
        if (!ids.add(operation.id())) {
            throw lines.error(
                    "an operation id is used twice", "id=" + operation.id(), "give every operation an id of its own");
        }
        previousNs = operation.startNs();
        operations.add(operation);
        if (promised >= 0 && operations.size() > promised) {
            throw lines.error(
                    "more operations than the header counts", "promised=" + promised, "correct it or leave it out");
        }
    }

    /** The fields of one operation as they come, in any order. */
    private final class Draft {
        private @Nullable Long id;
        private int actor;
        private int host;
        private int round;
        private int key;
        private int endpoint;
        private @Nullable Method method;
        private Precondition precondition = Precondition.NONE;
        private @Nullable Version writes;
        private int depth;
        private @Nullable Long start;
        private @Nullable Long end;
        private long released;
        private int status;
        private @Nullable String outcome;
        private Outcome.@Nullable Cause cause;
        private @Nullable EntityTag tag;
        private Observation observation = Observation.NOTHING;

        /** A field that only an answer has, for the sentence when there is none. */
        private @Nullable String answered;

        void set(JsonParser in, String field) throws IOException {
            switch (field) {
                case "id" -> id = number(in, field, 0, Long.MAX_VALUE);
                case "actor" -> actor = count(in, field);
                case "host" -> host = count(in, field);
                case "round" -> round = (int) number(in, field, -1, Integer.MAX_VALUE);
                case "key" -> key = count(in, field);
                case "endpoint" -> endpoint = count(in, field);
                case "method" -> method = word(in, field, METHODS);
                case "precondition" -> precondition = precondition(in);
                case "writes" -> writes = version(in, field);
                case "depth" -> depth = count(in, field);
                case "start" -> start = number(in, field, Long.MIN_VALUE, Long.MAX_VALUE);
                case "end" -> end = number(in, field, Long.MIN_VALUE, Long.MAX_VALUE);
                default -> answer(in, field);
            }
        }

        private void answer(JsonParser in, String field) throws IOException {
            switch (field) {
                case "released" -> released = number(in, field, Long.MIN_VALUE, Long.MAX_VALUE);
                case "status" -> status = (int) number(in, field, 0, 999);
                case "outcome" -> outcome = text(in, field);
                case "cause" -> cause = word(in, field, CAUSES);
                case "tag" -> tag = tag(in);
                case "observation" -> observation = observation(in);
                default -> {
                    skip(in, field);
                    return;
                }
            }
            answered = field;
        }

        Operation operation() throws IOException {
            long operationId = required(id, "id");
            Method sent = required(method, "method");
            long startNs = required(start, "start");
            if (host >= Math.max(1, clocks.hosts().size())) {
                throw out("host", Integer.toString(host), "an index into the header's clocks.hosts");
            }
            if ((sent == Method.GET) != (writes == null)) {
                throw lines.error(
                        "every request but GET names what it writes, and GET nothing",
                        "method=" + sent + (writes == null ? "" : " writes=" + writes),
                        SEE);
            }
            if (Version.ABSENT.equals(writes) || Version.FOREIGN.equals(writes)) {
                throw out("writes", String.valueOf(writes), "w<writer>#<sequence>");
            }
            Request request = shared.of(new Request(round, key, endpoint, sent, precondition, depth, host));
            Answer answer = answer(startNs);
            return new Operation(
                    operationId, actor, request, writes, startNs, answer, end == null ? Long.MAX_VALUE : end);
        }

        private @Nullable Answer answer(long startNs) throws IOException {
            if (end == null) {
                if (answered != null) {
                    throw lines.error(
                            "an answer without its end", "field=" + answered, "add end, or leave the answer out");
                }
                return null;
            }
            if (end < startNs) {
                throw lines.error("an operation ends before it starts", "start=" + startNs + " end=" + end, SEE);
            }
            return shared.of(new Answer(status, outcome(), tag, observation, released));
        }

        private Outcome outcome() throws IOException {
            String word = required(outcome, "outcome");
            if (word.equals("unknown")) {
                return Outcome.unknown(required(cause, "cause"));
            }
            if (cause != null) {
                throw lines.error("only an unknown outcome has a cause", "outcome=" + word, SEE);
            }
            return switch (word) {
                case "applied" -> Outcome.APPLIED;
                case "refused" -> Outcome.REFUSED;
                default -> throw out("outcome", word, "applied, refused or unknown");
            };
        }
    }

    private Precondition precondition(JsonParser in) throws IOException {
        Precondition.Kind kind = null;
        EntityTag tag = null;
        Version version = null;
        int fields = 0;
        object(in, "precondition");
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            fields = with(fields, field);
            in.nextToken();
            switch (field) {
                case "kind" -> kind = word(in, field, KINDS);
                case "tag" -> tag = tag(in);
                case "version" -> version = version(in, field);
                default -> skip(in, field);
            }
        }
        Precondition.Kind sent = required(kind, "precondition.kind");
        if (HistoryLines.standsForVersion(sent)) {
            version = required(version, "precondition.version");
        }
        return new Precondition(sent, tag, version == null ? Version.ABSENT : version);
    }

    private Observation observation(JsonParser in) throws IOException {
        String kind = null;
        Version version = null;
        Version parent = Version.ABSENT;
        int depth = 0;
        Observation.Flaw flaw = null;
        int fields = 0;
        object(in, "observation");
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            fields = with(fields, field);
            in.nextToken();
            switch (field) {
                case "kind" -> kind = text(in, field);
                case "version" -> version = version(in, field);
                case "parent" -> parent = version(in, field);
                case "depth" -> depth = count(in, field);
                case "flaw" -> flaw = word(in, field, FLAWS);
                default -> skip(in, field);
            }
        }
        String shown = required(kind, "observation.kind");
        return switch (shown) {
            case "absent" -> Observation.ABSENT;
            case "seen" -> new Observation.Seen(required(version, "observation.version"), parent, depth);
            case "torn" -> new Observation.Torn(required(flaw, "observation.flaw"));
            default -> throw out("observation.kind", shown, "absent, seen or torn");
        };
    }

    private EntityTag tag(JsonParser in) throws IOException {
        String value = text(in, "tag");
        if (value.isEmpty() || value.length() > EntityTag.LENGTH_MAX) {
            throw out("tag", "(" + value.length() + " characters)", "1.." + EntityTag.LENGTH_MAX + " characters");
        }
        return new EntityTag(value);
    }

    private Version version(JsonParser in, String field) throws IOException {
        String word = text(in, field);
        Version version = Words.version(word);
        if (version == null) {
            throw out(field, word, "w<writer>#<sequence>, absent or foreign");
        }
        return version;
    }

    private <E> E word(JsonParser in, String field, Map<String, E> words) throws IOException {
        String word = text(in, field);
        E constant = words.get(word);
        if (constant == null) {
            throw out(field, word, words.keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
        return constant;
    }

    private int count(JsonParser in, String field) throws IOException {
        return (int) number(in, field, 0, Integer.MAX_VALUE);
    }

    private long number(JsonParser in, String field, long min, long max) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw type(in, field, "a whole number");
        }
        long number;
        try {
            number = in.getLongValue();
        } catch (InputCoercionException e) {
            throw out(field, in.getText(), min + ".." + max);
        }
        if (number < min || number > max) {
            throw out(field, Long.toString(number), min + ".." + max);
        }
        return number;
    }

    private String text(JsonParser in, String field) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            throw type(in, field, "a string");
        }
        return in.getText();
    }

    private List<String> texts(JsonParser in, String field) throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw type(in, field, "an array of strings");
        }
        List<String> texts = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            texts.add(text(in, field));
        }
        return texts;
    }

    private boolean truth(JsonParser in, String field) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_TRUE && in.currentToken() != JsonToken.VALUE_FALSE) {
            throw type(in, field, "true or false");
        }
        return in.getBooleanValue();
    }

    private void object(JsonParser in, String field) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw type(in, field, "an object");
        }
    }

    /** A misspelled field would change what is judged; so only fields that say they are extra are passed over. */
    private void skip(JsonParser in, String field) throws IOException {
        if (!field.startsWith(OWN)) {
            throw lines.error(
                    "a field this version does not know",
                    "field=" + field,
                    "correct it, or begin its name with " + OWN + " to have it skipped");
        }
        in.skipChildren();
    }

    private void endOfLine(JsonParser in) throws IOException {
        if (in.nextToken() != null) {
            throw lines.error("more than one object in a line", "", "put one operation on a line");
        }
    }

    private <T> T required(@Nullable T value, String field) throws IOException {
        if (value == null) {
            throw lines.error("a field is missing", "field=" + field, SEE);
        }
        return value;
    }

    private HistoryFormatException type(JsonParser in, String field, String expected) throws IOException {
        if (in.currentToken() == null) {
            // The line ends here: let the parser say so, in the words it has for it.
            in.nextToken();
        }
        return lines.error("a field of the wrong type", "field=" + field, "expected " + expected);
    }

    private HistoryFormatException out(String field, String value, String expected) {
        return lines.error("a value out of range", field + "=" + value, "expected " + expected);
    }
}
