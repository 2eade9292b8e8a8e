package dev.etalon.core.store;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.etalon.core.model.Completion;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Histories as JSON Lines, for exchange with other programs: a header, then one object per operation in order of start.
 * The schema is {@code docs/history-format.md}; what is written is read back exactly. Stateless and thread-safe.
 */
public final class HistoryLines {
    /** The version of the schema, which the header names. */
    public static final int VERSION = 1;

    /** The header's first field. */
    static final String MARK = "etalon-history";

    /** A field that is named twice would be judged by one of its values; so it is refused. ASCII survives every tool. */
    static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private HistoryLines() {}

    /**
     * Writes a file.
     *
     * @param file where to; must not exist
     * @throws java.nio.file.FileAlreadyExistsException when it does: no history is ever overwritten
     * @throws IOException when it cannot be written
     */
    public static void write(Path file, History history) throws IOException {
        try (JsonGenerator out = JSON.createGenerator(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                JsonEncoding.UTF8)) {
            out.setRootValueSeparator(new SerializedString("\n"));
            header(out, history);
            for (Operation operation : history.operations()) {
                operation(out, operation);
            }
            out.writeRaw('\n');
        }
    }

    /**
     * Reads a file up to its last whole line.
     *
     * @throws HistoryFormatException with file and line, when it is no such history
     * @throws IOException when it cannot be read
     */
    public static History read(Path file) throws IOException {
        return LinesReader.read(file);
    }

    private static void header(JsonGenerator out, History history) throws IOException {
        History.Origin origin = history.origin();
        out.writeStartObject();
        out.writeNumberField(MARK, VERSION);
        text(out, "run", origin.run() == 0 ? "" : String.format("%016x", origin.run()));
        text(out, "keyPrefix", origin.keyPrefix());
        text(out, "scenario", origin.scenario());
        text(out, "target", origin.target());
        text(out, "host", origin.host());
        text(out, "startedAt", origin.startedAt());
        number(out, "startNs", origin.startNs());
        History.Clocks clocks = history.clocks();
        if (!clocks.equals(History.Clocks.ONE)) {
            out.writeObjectFieldStart("clocks");
            texts(out, "hosts", clocks.hosts());
            number(out, "boundNs", clocks.boundNs());
            if (clocks.barriers()) {
                out.writeBooleanField("barriers", true);
            }
            out.writeEndObject();
        }
        texts(out, "damage", history.damage());
        // Without it nobody could tell a file that was cut between two lines.
        out.writeNumberField("operations", history.operations().size());
        out.writeEndObject();
    }

    private static void operation(JsonGenerator out, Operation operation) throws IOException {
        Invocation invocation = operation.invocation();
        out.writeStartObject();
        out.writeNumberField("id", invocation.id());
        number(out, "actor", invocation.actor());
        number(out, "host", invocation.host());
        number(out, "round", invocation.round());
        number(out, "key", invocation.key());
        number(out, "endpoint", invocation.endpoint());
        out.writeStringField("method", invocation.method().name());
        precondition(out, invocation.precondition());
        Version writes = invocation.writes();
        if (writes != null) {
            out.writeStringField("writes", writes.toString());
        }
        number(out, "depth", invocation.depth());
        out.writeNumberField("start", invocation.atNs());
        if (operation.completion() != null) {
            completion(out, operation.completion());
        }
        out.writeEndObject();
    }

    private static void precondition(JsonGenerator out, Precondition precondition) throws IOException {
        if (precondition.equals(Precondition.NONE)) {
            return;
        }
        out.writeObjectFieldStart("precondition");
        out.writeStringField("kind", Words.of(precondition.kind()));
        tag(out, precondition.tag());
        if (standsForVersion(precondition.kind()) || !precondition.version().equals(Version.ABSENT)) {
            out.writeStringField("version", precondition.version().toString());
        }
        out.writeEndObject();
    }

    /** Whether a conditional header names a version, so that leaving it out would say nothing. */
    static boolean standsForVersion(Precondition.Kind kind) {
        return kind == Precondition.Kind.IF_MATCH || kind == Precondition.Kind.IF_NONE_MATCH;
    }

    private static void completion(JsonGenerator out, Completion completion) throws IOException {
        out.writeNumberField("end", completion.atNs());
        number(out, "released", completion.releasedNs());
        number(out, "status", completion.status());
        Outcome outcome = completion.outcome();
        if (outcome instanceof Outcome.Unknown unknown) {
            out.writeStringField("outcome", "unknown");
            out.writeStringField("cause", Words.of(unknown.cause()));
        } else {
            out.writeStringField("outcome", outcome instanceof Outcome.Applied ? "applied" : "refused");
        }
        tag(out, completion.tag());
        observation(out, completion.observation());
    }

    private static void observation(JsonGenerator out, Observation observation) throws IOException {
        if (observation instanceof Observation.Nothing) {
            return;
        }
        out.writeObjectFieldStart("observation");
        if (observation instanceof Observation.Seen seen) {
            out.writeStringField("kind", "seen");
            out.writeStringField("version", seen.version().toString());
            if (!seen.parent().equals(Version.ABSENT)) {
                out.writeStringField("parent", seen.parent().toString());
            }
            number(out, "depth", seen.depth());
        } else if (observation instanceof Observation.Torn torn) {
            out.writeStringField("kind", "torn");
            out.writeStringField("flaw", Words.of(torn.flaw()));
            if (torn.bytes() != Observation.Torn.UNTOLD) {
                out.writeNumberField("bytes", torn.bytes());
                out.writeStringField("hash", String.format("%016x", torn.hash()));
            }
        } else {
            out.writeStringField("kind", "absent");
        }
        out.writeEndObject();
    }

    private static void tag(JsonGenerator out, @Nullable EntityTag tag) throws IOException {
        if (tag != null) {
            out.writeStringField("tag", tag.value());
        }
    }

    private static void text(JsonGenerator out, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            out.writeStringField(name, value);
        }
    }

    private static void number(JsonGenerator out, String name, long value) throws IOException {
        if (value != 0) {
            out.writeNumberField(name, value);
        }
    }

    private static void texts(JsonGenerator out, String name, List<String> values) throws IOException {
        if (!values.isEmpty()) {
            out.writeArrayFieldStart(name);
            for (String value : values) {
                out.writeString(value);
            }
            out.writeEndArray();
        }
    }
}
