package dev.etalon.reports.anomaly;

import dev.etalon.core.check.LaneText;
import dev.etalon.core.check.Lanes;
import dev.etalon.core.check.OperationText;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One request and its answer, written down again from the record: a history keeps what decides, not every byte.
 *
 * @param id of the operation, unique on its page
 * @param mark its place in the witness; 0 when it is no part of it
 * @param heading who asked for what
 * @param verdict what became of it, in a word or two
 * @param tone how that is coloured: {@code ok}, {@code bad}, {@code off} or {@code unk}
 * @param request lines sent
 * @param answer lines received
 * @param times when it was sent, let go and answered
 */
public record Rebuilt(
        long id,
        int mark,
        String heading,
        String verdict,
        String tone,
        List<String> request,
        List<String> answer,
        String times) {
    public Rebuilt {
        request = List.copyOf(request);
        answer = List.copyOf(answer);
    }

    static Rebuilt of(Lanes.Bar bar, Lanes lanes, History.Origin origin, Address address) {
        Operation op = bar.operation();
        return new Rebuilt(
                op.invocation().id(),
                bar.mark(),
                "w" + op.invocation().actor() + " " + op.invocation().method(),
                verdict(bar),
                tone(bar),
                request(op, origin, address),
                answer(op),
                times(bar, lanes.scale().fromNs()));
    }

    /** What became of a request, in a word or two. */
    static String verdict(Lanes.Bar bar) {
        Operation op = bar.operation();
        if (op.unknown()) {
            return "outcome unknown";
        }
        if (op.refused()) {
            return op.status() == 304 ? "not modified" : "refused";
        }
        if (!op.write()) {
            return op.observation() instanceof Observation.Torn ? "torn" : "read";
        }
        return bar.lost() ? "accepted, lost" : op.foundNothing() ? "nothing there" : "accepted";
    }

    /** How that is coloured. */
    static String tone(Lanes.Bar bar) {
        Operation op = bar.operation();
        if (op.unknown() && !bar.wrong()) {
            return "unk";
        }
        return bar.wrong() ? "bad" : op.refused() ? "off" : "ok";
    }

    private static List<String> request(Operation op, History.Origin origin, Address address) {
        String key = Printable.of(origin.keyName(op.invocation().key()));
        EntityTag tag = op.invocation().precondition().tag();
        List<String> lines = new ArrayList<>();
        lines.add(
                switch (op.invocation().method()) {
                    case GET, HEAD, PUT, DELETE -> op.invocation().method() + " " + address.key(key);
                    case GET_RANGE -> "GET " + address.key(key);
                    case COPY -> "PUT " + address.key(key);
                    case COMPLETE -> "POST " + address.key(key) + "?uploadId=…";
                    case DELETE_OBJECTS -> "POST " + address.bucket() + "?delete";
                });
        if (op.invocation().method() == Method.DELETE_OBJECTS) {
            lines.add(
                    "(document: one object, " + key + (tag == null ? "" : ", ETag " + Printable.of(tag.value())) + ")");
        } else {
            condition(op.invocation().precondition(), lines);
        }
        if (op.invocation().method() == Method.GET_RANGE) {
            lines.add("Range: bytes=0-");
        }
        if (op.invocation().method() == Method.COPY) {
            lines.add("x-amz-copy-source: (an object with the new body)");
        }
        if (address.s3()) {
            lines.add("Authorization: (masked)");
        }
        if (op.write() && !op.removes()) {
            lines.add("(body: version " + op.version() + ")");
        }
        if (op.invocation().endpoint() > 0) {
            lines.add("(sent to endpoint " + op.invocation().endpoint() + ", whose address is not recorded)");
        }
        return lines;
    }

    private static void condition(Precondition condition, List<String> lines) {
        EntityTag tag = condition.tag();
        String value = tag == null ? "(not recorded)" : Printable.of(tag.value());
        switch (condition.kind()) {
            case NONE -> {}
            case IF_MATCH -> lines.add("If-Match: " + value);
            case IF_NONE_MATCH_ANY -> lines.add("If-None-Match: *");
            case IF_NONE_MATCH -> lines.add("If-None-Match: " + value);
        }
    }

    private static List<String> answer(Operation op) {
        List<String> lines = new ArrayList<>();
        if (op.completion() == null || op.status() == 0) {
            lines.add("(no answer" + cause(op) + ")");
        } else {
            lines.add(String.valueOf(op.status()));
        }
        op.tag().ifPresent(tag -> lines.add("ETag: " + Printable.of(tag.value())));
        String said = OperationText.said(op);
        if (!op.write() && !said.isEmpty()) {
            lines.add("(" + said + ")");
        }
        return lines;
    }

    private static String cause(Operation op) {
        if (!(op.outcome() instanceof Outcome.Unknown unknown)) {
            return "";
        }
        return switch (unknown.cause()) {
            case TIMEOUT -> " within the time limit";
            case CONNECTION -> ": the connection was closed, or never opened";
            case STATUS -> "";
            case NEVER_COMPLETED -> " before the run ended";
        };
    }

    private static String times(Lanes.Bar bar, long zeroNs) {
        Operation op = bar.operation();
        StringBuilder times = new StringBuilder("sent at ").append(LaneText.duration(op.startNs() - zeroNs));
        if (op.releasedNs() > op.startNs()) {
            times.append(", its end withheld until ").append(LaneText.duration(op.releasedNs() - zeroNs));
        }
        return op.completion() == null
                ? times.append(", never answered").toString()
                : times.append(bar.open() ? ", given up at " : ", answered at ")
                        .append(LaneText.duration(op.endNs() - zeroNs))
                        .append(String.format(Locale.ROOT, " (%.3f ms)", (op.endNs() - op.startNs()) / 1e6))
                        .toString();
    }
}
