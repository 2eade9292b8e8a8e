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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads JSON Lines, token by token: no line becomes a tree, and every error names its line. Used once. */
final class LinesReader {
    private static final Words.Table<Method> METHODS = Words.Table.of(Method.values(), Method::name);
    private static final Words.Table<Precondition.Kind> KINDS = Words.Table.of(Precondition.Kind.values(), Words::of);
    private static final Words.Table<Outcome.Cause> CAUSES = Words.Table.of(Outcome.Cause.values(), Words::of);
    private static final Words.Table<Observation.Flaw> FLAWS = Words.Table.of(Observation.Flaw.values(), Words::of);
    private static final Words.Table<Decided> OUTCOMES = Words.Table.of(Decided.values(), Words::of);
    private static final Words.Table<Shown> OBSERVATIONS = Words.Table.of(Shown.values(), Words::of);

    /** The words for an outcome. */
    private enum Decided {
        APPLIED,
        REFUSED,
        UNKNOWN
    }

    /** The words for what a read showed. */
    private enum Shown {
        ABSENT,
        SEEN,
        TORN
    }

    /** Fields with this prefix are the writer's own and skipped. */
    private static final String OWN = "x-";

    private static final String SEE = "see docs/history-format.md";

    /** As {@link HistoryLines#JSON}, but a field may come twice: a quarter of the time goes into looking for such. */
    private static final JsonFactory QUICK = new JsonFactory();

    /** The fields of operations and of what is in them. */
    private enum Field {
        ID,
        ACTOR,
        HOST,
        ROUND,
        KEY,
        ENDPOINT,
        METHOD,
        PRECONDITION,
        WRITES,
        DEPTH,
        START,
        END,
        RELEASED,
        STATUS,
        OUTCOME,
        CAUSE,
        TAG,
        OBSERVATION,
        KIND,
        VERSION,
        PARENT,
        FLAW,
        BYTES,
        HASH,
        /** None of them: misspelled, or the writer's own. */
        OTHER;

        /** Not an immutable map, which is slower to ask. */
        private static final Map<String, Field> BY_NAME = new HashMap<>();

        static {
            for (Field field : values()) {
                if (field != OTHER) {
                    BY_NAME.put(field.name().toLowerCase(Locale.ROOT), field);
                }
            }
        }

        static Field of(String name) {
            return BY_NAME.getOrDefault(name, OTHER);
        }

        int bit() {
            return 1 << ordinal();
        }

        boolean in(int fields) {
            return (fields & bit()) != 0;
        }
    }

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
                case "run" -> run = hexadecimal(in, "run");
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

    private long hexadecimal(JsonParser in, String field) throws IOException {
        String digits = text(in, field);
        try {
            return Long.parseUnsignedLong(digits, 16);
        } catch (NumberFormatException e) {
            throw out(field, digits, "up to 16 hexadecimal digits");
        }
    }

    private History.Clocks clocks(JsonParser in) throws IOException {
        List<String> hosts = List.of();
        long boundNs = -1;
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
        if (boundNs < 0 && hosts.size() > 1) {
            throw lines.error(
                    "how far the clocks may be apart is missing",
                    "hosts=" + hosts.size(),
                    "add clocks.boundNs: without it, an order between machines would be a guess");
        }
        return new History.Clocks(hosts, Math.max(0, boundNs), barriers);
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
    private int with(int fields, Field field) throws Doubt {
        if (json == QUICK && (field == Field.OTHER || field.in(fields))) {
            throw Doubt.DOUBT;
        }
        return fields | field.bit();
    }

    private void operation(JsonParser in) throws IOException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            throw lines.error("a line is not an object", "", SEE);
        }
        Draft draft = new Draft();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            in.nextToken();
            draft.set(in, Field.of(name), name);
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
        private int fields;
        private long id;
        private int actor;
        private int host;
        private int round;
        private int key;
        private int endpoint;
        private @Nullable Method method;
        private Precondition precondition = Precondition.NONE;
        private @Nullable Version writes;
        private int depth;
        private long start;
        private long end;
        private long released;
        private int status;
        private @Nullable Decided outcome;
        private Outcome.@Nullable Cause cause;
        private @Nullable EntityTag tag;
        private Observation observation = Observation.NOTHING;

        /** A field that only an answer has, for the sentence when there is none. */
        private @Nullable String answered;

        void set(JsonParser in, Field field, String name) throws IOException {
            fields = with(fields, field);
            switch (field) {
                case ID -> id = number(in, name, 0, Long.MAX_VALUE);
                case ACTOR -> actor = count(in, name);
                case HOST -> host = count(in, name);
                case ROUND -> round = (int) number(in, name, -100, Integer.MAX_VALUE);
                case KEY -> key = count(in, name);
                case ENDPOINT -> endpoint = count(in, name);
                case METHOD -> method = word(in, name, METHODS);
                case PRECONDITION -> precondition = precondition(in);
                case WRITES -> writes = version(in, name);
                case DEPTH -> depth = count(in, name);
                case START -> start = number(in, name, Long.MIN_VALUE, Long.MAX_VALUE);
                case END -> end = number(in, name, Long.MIN_VALUE, Long.MAX_VALUE);
                default -> answer(in, field, name);
            }
        }

        private void answer(JsonParser in, Field field, String name) throws IOException {
            switch (field) {
                case RELEASED -> released = number(in, name, Long.MIN_VALUE, Long.MAX_VALUE);
                case STATUS -> status = (int) number(in, name, 0, 999);
                case OUTCOME -> outcome = word(in, name, OUTCOMES);
                case CAUSE -> cause = word(in, name, CAUSES);
                case TAG -> tag = tag(in);
                case OBSERVATION -> observation = observation(in);
                default -> {
                    skip(in, name);
                    return;
                }
            }
            answered = name;
        }

        /** The number in a field that must be there. */
        private long given(long value, Field field, String name) throws IOException {
            if (!field.in(fields)) {
                throw missing(name);
            }
            return value;
        }

        Operation operation() throws IOException {
            long operationId = given(id, Field.ID, "id");
            Method sent = required(method, "method");
            long startNs = given(start, Field.START, "start");
            if (host >= Math.max(1, clocks.hosts().size())) {
                throw out("host", Integer.toString(host), "an index into the header's clocks.hosts");
            }
            if (sent.reads() != (writes == null)) {
                throw lines.error(
                        "every request but a read names what it writes, and a read nothing",
                        "method=" + sent + (writes == null ? "" : " writes=" + writes),
                        SEE);
            }
            if (Version.ABSENT.equals(writes) || Version.FOREIGN.equals(writes)) {
                throw out("writes", String.valueOf(writes), "w<writer>#<sequence>");
            }
            Request request = shared.of(new Request(round, key, endpoint, sent, precondition, depth, host));
            Answer answer = answer(startNs);
            return new Operation(
                    operationId, actor, request, writes, startNs, answer, Field.END.in(fields) ? end : Long.MAX_VALUE);
        }

        private @Nullable Answer answer(long startNs) throws IOException {
            if (!Field.END.in(fields)) {
                if (answered != null) {
                    throw lines.error(
                            "an answer without its end", "field=" + answered, "add end, or leave the answer out");
                }
                return null;
            }
            if (end < startNs) {
                throw lines.error("an operation ends before it starts", "start=" + startNs + " end=" + end, SEE);
            }
            return shared.of(new Answer(status, fitting(outcome()), tag, observation, released));
        }

        /** An outcome that its status does not contradict: which of the two is wrong, only the recorder knows. */
        private Outcome fitting(Outcome decided) throws IOException {
            boolean success = status >= 200 && status < 300;
            boolean gone = status == 404 && method != null && !method.replaces();
            if (decided instanceof Outcome.Applied && status != 0 && !success && !gone) {
                throw out(
                        "outcome", "applied status=" + status, "applied only of 2xx, and of 404 to a read or a delete");
            }
            if (decided instanceof Outcome.Refused && success) {
                throw out("outcome", "refused status=" + status, "refused only of what is no 2xx");
            }
            return decided;
        }

        private Outcome outcome() throws IOException {
            Decided decided = required(outcome, "outcome");
            if (decided == Decided.UNKNOWN) {
                return Outcome.unknown(required(cause, "cause"));
            }
            if (cause != null) {
                throw lines.error("only an unknown outcome has a cause", "outcome=" + Words.of(decided), SEE);
            }
            return decided == Decided.APPLIED ? Outcome.APPLIED : Outcome.REFUSED;
        }
    }

    private Precondition precondition(JsonParser in) throws IOException {
        Precondition.Kind kind = null;
        EntityTag tag = null;
        Version version = null;
        int fields = 0;
        object(in, "precondition");
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            Field field = Field.of(name);
            fields = with(fields, field);
            in.nextToken();
            switch (field) {
                case KIND -> kind = word(in, name, KINDS);
                case TAG -> tag = tag(in);
                case VERSION -> version = version(in, name);
                default -> skip(in, name);
            }
        }
        Precondition.Kind sent = required(kind, "precondition.kind");
        if (HistoryLines.standsForVersion(sent)) {
            version = required(version, "precondition.version");
        }
        return new Precondition(sent, tag, version == null ? Version.ABSENT : version);
    }

    private Observation observation(JsonParser in) throws IOException {
        Shown kind = null;
        Version version = null;
        Version parent = Version.ABSENT;
        int depth = 0;
        Observation.Flaw flaw = null;
        long bytes = Observation.Torn.UNTOLD;
        long hash = 0;
        int fields = 0;
        object(in, "observation");
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            Field field = Field.of(name);
            fields = with(fields, field);
            in.nextToken();
            switch (field) {
                case KIND -> kind = word(in, "observation.kind", OBSERVATIONS);
                case VERSION -> version = version(in, name);
                case PARENT -> parent = version(in, name);
                case DEPTH -> depth = count(in, name);
                case FLAW -> flaw = word(in, name, FLAWS);
                case BYTES -> bytes = number(in, name, 0, Long.MAX_VALUE - 1);
                case HASH -> hash = hexadecimal(in, name);
                default -> skip(in, name);
            }
        }
        return switch (required(kind, "observation.kind")) {
            case ABSENT -> Observation.ABSENT;
            case SEEN -> new Observation.Seen(required(version, "observation.version"), parent, depth);
            case TORN -> new Observation.Torn(required(flaw, "observation.flaw"), bytes, hash);
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
        string(in, field);
        Version version = Words.version(in.getTextCharacters(), in.getTextOffset(), in.getTextLength());
        if (version == null) {
            throw out(field, in.getText(), "w<writer>#<sequence>, absent or foreign");
        }
        return version;
    }

    private <T> T word(JsonParser in, String field, Words.Table<T> words) throws IOException {
        string(in, field);
        T constant = words.find(in.getTextCharacters(), in.getTextOffset(), in.getTextLength());
        if (constant == null) {
            throw out(field, in.getText(), words.words().stream().sorted().collect(Collectors.joining(", ")));
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
        string(in, field);
        return in.getText();
    }

    private void string(JsonParser in, String field) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            throw type(in, field, "a string");
        }
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
            throw missing(field);
        }
        return value;
    }

    private HistoryFormatException missing(String field) {
        return lines.error("a field is missing", "field=" + field, SEE);
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
