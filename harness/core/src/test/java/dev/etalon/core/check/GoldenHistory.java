package dev.etalon.core.check;

import dev.etalon.core.model.Completion;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Verdict;
import dev.etalon.core.model.Version;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A history of one key told in a text file, and below a line of dashes what the judge says of it, word for word. How the
 * lines are written is told in {@code golden-histories/README.md}.
 */
final class GoldenHistory {
    private static final String RULE = "---\n";
    private static final int KEY = 1;
    private static final History.Origin ORIGIN =
            new History.Origin(0xE7A10L, "etalon-", "http/golden", "paper", "desk", "2026-01-01T00:00:00Z", 0);
    private static final Pattern TOKEN = Pattern.compile("(?:W/)?\"[^\"]*\"|\\S+");
    private static final Pattern VERSION = Pattern.compile("w(\\d+)#(\\d+)");
    private static final Pattern CLOCKS =
            Pattern.compile("clocks: (.+); (\\d+(?:\\.\\d+)?) ms apart at most(; rounds are barriers)?");

    private final List<String> lesson = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final String told;
    private final String expected;
    private History.Clocks clocks = History.Clocks.ONE;
    private int round;

    /** The tag a version was given when it was written, and the version it was written over. */
    private final Map<Version, EntityTag> tags = new HashMap<>();

    private final Map<Version, Version> parents = new HashMap<>();

    private GoldenHistory(String text) {
        int rule = text.indexOf(RULE);
        told = rule < 0 ? text : text.substring(0, rule);
        expected = rule < 0 ? "" : text.substring(rule + RULE.length());
        told.lines().forEach(this::line);
    }

    /** Reads a file. */
    static GoldenHistory parse(String text) {
        return new GoldenHistory(text);
    }

    /** The comment lines it begins with. */
    List<String> lesson() {
        return lesson;
    }

    /** What the file says that the judge says. */
    String expected() {
        return expected;
    }

    /** The file with something else said of the history. */
    String saying(String verdict) {
        return told + RULE + verdict;
    }

    History history() {
        List<Operation> operations = new ArrayList<>();
        for (Line line : lines) {
            operations.add(line.operation(operations.size() + 1L));
        }
        operations.sort(Comparator.comparingLong(Operation::startNs));
        return new History(ORIGIN, operations, List.of(), clocks);
    }

    /** A verdict as a file says it. */
    static String text(Verdict verdict, History history) {
        StringBuilder text = new StringBuilder(verdict.status() + "\n");
        List<Finding> all = new ArrayList<>(verdict.findings());
        all.addAll(verdict.remarks());
        all.forEach(finding -> text.append(WitnessText.of(finding, history)));
        verdict.reservations().forEach(sentence -> text.append(sentence).append('\n'));
        return text.toString();
    }

    private void line(String raw) {
        String line = raw.strip();
        Matcher header = CLOCKS.matcher(line);
        if (line.startsWith("#")) {
            if (lines.isEmpty()) {
                lesson.add(line);
            }
        } else if (header.matches()) {
            clocks = new History.Clocks(
                    Arrays.asList(header.group(1).split(", ")), ns(header.group(2)), header.group(3) != null);
        } else if (line.startsWith("round ")) {
            round = Integer.parseInt(line.substring("round ".length()));
        } else if (!line.isEmpty()) {
            try {
                lines.add(new Line(line));
            } catch (RuntimeException e) {
                throw new IllegalArgumentException("cannot read the line: " + line, e);
            }
        }
    }

    private static long ns(String ms) {
        return Math.round(Double.parseDouble(ms) * 1e6);
    }

    private static boolean version(@Nullable String token) {
        return token != null && VERSION.matcher(token).matches();
    }

    private static boolean tag(@Nullable String token) {
        return token != null && (token.startsWith("\"") || token.startsWith("W/\""));
    }

    private static Version versionOf(String token) {
        Matcher name = VERSION.matcher(token);
        if (!name.matches()) {
            throw new IllegalArgumentException("not a version: " + token);
        }
        return new Version(Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2)));
    }

    private EntityTag tagOf(Version version) {
        return tags.getOrDefault(version, new EntityTag("\"" + version + "\""));
    }

    private int depth(Version version) {
        int depth = 0;
        for (Version v = version; !v.equals(Version.ABSENT) && depth <= lines.size(); depth++) {
            v = parents.getOrDefault(v, Version.ABSENT);
        }
        return depth;
    }

    /** One request and its answer. */
    private final class Line {
        private final int actor;
        private final Method method;
        private final Precondition precondition;
        private final int inRound = round;
        private int status;
        private @Nullable Version shown;
        private Observation.@Nullable Flaw torn;
        private final long startNs;

        /** Null when nobody ever answered. */
        private final @Nullable Long endNs;

        private @Nullable Version writes;
        private @Nullable EntityTag tag;
        private boolean tagless;
        private int endpoint;
        private int host;

        Line(String line) {
            Deque<String> tokens = new ArrayDeque<>();
            TOKEN.matcher(line).results().forEach(token -> tokens.add(token.group()));
            actor = Integer.parseInt(tokens.remove().substring(1));
            method = Method.valueOf(tokens.remove());
            precondition = precondition(tokens);
            if (!tokens.remove().equals("->")) {
                throw new IllegalArgumentException("an arrow belongs between request and answer");
            }
            answer(tokens);
            String[] times = tokens.remove().split("\\.\\.", 2);
            startNs = ns(times[0]);
            endNs = times[1].isEmpty() ? null : Long.valueOf(ns(times[1]));
            rest(tokens);
            if (method != Method.GET) {
                remember();
            }
        }

        private Precondition precondition(Deque<String> tokens) {
            if (!tokens.element().startsWith("If-")) {
                return Precondition.NONE;
            }
            String header = tokens.remove();
            String validator = tokens.remove();
            if (validator.equals("*")) {
                return Precondition.CREATE;
            }
            EntityTag sent = tag(validator) ? new EntityTag(validator) : tagOf(versionOf(validator));
            Version of = tag(validator) ? Version.FOREIGN : versionOf(validator);
            if (tag(validator) && tokens.element().startsWith("(")) {
                String bracketed = tokens.remove();
                of = versionOf(bracketed.substring(1, bracketed.length() - 1));
            }
            return header.equals("If-Match") ? Precondition.ifMatch(sent, of) : Precondition.ifNoneMatch(sent, of);
        }

        private void answer(Deque<String> tokens) {
            String code = tokens.remove();
            status = code.equals("?") ? 0 : Integer.parseInt(code);
            if ("shows".equals(tokens.element())) {
                tokens.remove();
                shown = versionOf(tokens.remove());
            } else if ("torn".equals(tokens.element())) {
                tokens.remove();
                torn = Observation.Flaw.valueOf(
                        tokens.remove().toUpperCase(Locale.ROOT).replace('-', '_'));
            }
        }

        private void rest(Deque<String> tokens) {
            while (!tokens.isEmpty()) {
                String token = tokens.remove();
                if (version(token)) {
                    writes = versionOf(token);
                    continue;
                }
                switch (token) {
                    case "etag" -> tag = new EntityTag(tokens.remove());
                    case "no" -> tagless = tokens.remove().equals("etag");
                    case "endpoint" -> endpoint = Integer.parseInt(tokens.remove());
                    case "host" -> host = clocks.hosts().indexOf(tokens.remove());
                    default -> throw new IllegalArgumentException("nobody knows what this means: " + token);
                }
            }
        }

        private void remember() {
            if (writes == null) {
                int sequence = (int) lines.stream()
                        .filter(line -> line.actor == actor && line.writes != null)
                        .count();
                writes = new Version(actor, sequence + 1);
            }
            parents.putIfAbsent(writes, precondition.version());
            if (tag != null) {
                tags.putIfAbsent(writes, tag);
            }
        }

        Operation operation(long id) {
            int depth = writes == null || method == Method.DELETE ? 0 : depth(writes);
            Invocation invocation = new Invocation(
                    id, actor, inRound, KEY, endpoint, method, precondition, writes, depth, host, startNs);
            return new Operation(
                    invocation,
                    endNs == null
                            ? null
                            : new Completion(id, status, outcome(), answeredTag(), observation(), 0, endNs));
        }

        private boolean done() {
            return method == Method.GET ? status == 200 || status == 404 : status / 100 == 2;
        }

        private Outcome outcome() {
            if (status == 0) {
                return Outcome.unknown(Outcome.Cause.TIMEOUT);
            }
            boolean refused = status == 412 || status == 304 || (status == 404 && method != Method.GET);
            return done() ? Outcome.APPLIED : refused ? Outcome.REFUSED : Outcome.unknown(Outcome.Cause.STATUS);
        }

        private @Nullable EntityTag answeredTag() {
            if (tag != null || tagless || method == Method.DELETE) {
                return tag;
            }
            if (status == 304) {
                return precondition.tag();
            }
            Version bearer = shown != null ? shown : done() ? writes : null;
            return bearer == null ? null : tagOf(bearer);
        }

        private Observation observation() {
            if (shown != null) {
                return new Observation.Seen(shown, parents.getOrDefault(shown, Version.ABSENT), depth(shown));
            }
            if (torn != null) {
                return new Observation.Torn(torn);
            }
            return status == 404 ? Observation.ABSENT : Observation.NOTHING;
        }
    }
}
