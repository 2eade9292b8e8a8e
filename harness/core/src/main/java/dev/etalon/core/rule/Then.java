package dev.etalon.core.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is owed for a request: the answer, and the state after it. Immutable; every method returns a changed copy.
 *
 * @param statuses allowed statuses
 * @param elsewhere allowed statuses in other dialects, by the dialect's name
 * @param code the S3 error code; null when any will do
 * @param headers what header fields must or must not say
 * @param elements what the elements of an XML body must say
 * @param body the whole content, names in braces allowed; null for anything
 * @param asRead names of headers that must be as in the answer to the plain read just before, where that had them
 * @param after the state afterwards
 */
public record Then(
        Set<Integer> statuses,
        Map<String, Set<Integer>> elsewhere,
        @Nullable String code,
        List<Header> headers,
        List<Element> elements,
        @Nullable String body,
        List<String> asRead,
        List<After> after) {
    /** The statuses that say a write was done. */
    public static final Then PERFORMED = status(200, 201, 204);

    public Then {
        statuses = Set.copyOf(statuses);
        elsewhere = Map.copyOf(elsewhere);
        headers = List.copyOf(headers);
        elements = List.copyOf(elements);
        asRead = List.copyOf(asRead);
        after = List.copyOf(after);
    }

    /**
     * A demand on a header field.
     *
     * @param name its name
     * @param value what is demanded, names in braces allowed; null for anything
     * @param demand how it is meant
     */
    public record Header(String name, @Nullable String value, Demand demand) {
        @Override
        public String toString() {
            String text = name + (value == null ? "" : ": " + value);
            return switch (demand) {
                case IS -> text;
                case LIKE -> name + " like " + value;
                case NOT -> "no " + text;
                case NOT_LATER -> name + " not later than " + value;
            };
        }
    }

    /** How a demand on a header field is meant. */
    public enum Demand {
        /** It is there, and says the value. */
        IS,
        /** It is there, and the value is a regular expression for the whole of it. */
        LIKE,
        /** It is not there, or says something else than the value. */
        NOT,
        /** The value names another field; where both are there, the date here is not later than the date there. */
        NOT_LATER
    }

    /**
     * A demand on an XML body.
     *
     * @param path XPath, element names without prefix, names in braces allowed
     * @param values what it may say, names in braces allowed; empty when it must not be there
     */
    public record Element(String path, List<String> values) {
        public Element {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return values.isEmpty() ? "no " + path : path + "=" + String.join(" or ", values);
        }
    }

    /** A state that a plain read must find afterwards. */
    public sealed interface After {
        /** Where to look. */
        String path();
    }

    /** Status, content and entity tag are what they were just before the request. */
    public record Unchanged(String path) implements After {
        @Override
        public String toString() {
            return path + " unchanged";
        }
    }

    /** Content of a write; its tag is the one the answer gave, where that gave one, and not the one before. */
    public record Holds(String path, String body) implements After {
        @Override
        public String toString() {
            return path + " holds \"" + body + "\" under the tag of the answer";
        }
    }

    /** As {@link Holds} where the answer gave a tag; where it gave none, anything. */
    public record HoldsIfTagged(String path, String body) implements After {
        @Override
        public String toString() {
            return path + " holds \"" + body + "\" under the tag of the answer, if that gave one";
        }
    }

    /** Something there, whose content is not what it was just before the request. */
    public record Changed(String path) implements After {
        @Override
        public String toString() {
            return path + " changed";
        }
    }

    /** Nothing there. */
    public record Gone(String path) implements After {
        @Override
        public String toString() {
            return path + " gone";
        }
    }

    /** Any of these statuses. */
    public static Then status(Integer... statuses) {
        return new Then(Set.of(statuses), Map.of(), null, List.of(), List.of(), null, List.of(), List.of());
    }

    /** Other statuses in another dialect. */
    public Then in(String dialect, Integer... others) {
        Map<String, Set<Integer>> all = new HashMap<>(elsewhere);
        all.put(dialect, Set.of(others));
        return new Then(statuses, all, code, headers, elements, body, asRead, after);
    }

    /** An S3 error code, where the answer can carry one. */
    public Then code(String errorCode) {
        return new Then(statuses, elsewhere, errorCode, headers, elements, body, asRead, after);
    }

    /** A header that must be there. */
    public Then header(String name) {
        return with(new Header(name, null, Demand.IS));
    }

    /** A header that must say this. */
    public Then header(String name, String value) {
        return with(new Header(name, value, Demand.IS));
    }

    /** A header that must not be there. */
    public Then noHeader(String name) {
        return with(new Header(name, null, Demand.NOT));
    }

    /** A header that must match a regular expression as a whole. */
    public Then headerLike(String name, String expression) {
        return with(new Header(name, expression, Demand.LIKE));
    }

    /** A header that must not say this. */
    public Then otherHeader(String name, String value) {
        return with(new Header(name, value, Demand.NOT));
    }

    /** A header whose date must not be later than that of another, where both are there. */
    public Then notLater(String name, String thanName) {
        return with(new Header(name, thanName, Demand.NOT_LATER));
    }

    /** Content that must be this as a whole. */
    public Then body(String content) {
        return new Then(statuses, elsewhere, code, headers, elements, content, asRead, after);
    }

    /** An element that must say one of these. */
    public Then element(String path, String... values) {
        return with(new Element(path, List.of(values)));
    }

    /** An element that must not be there. */
    public Then noElement(String path) {
        return with(new Element(path, List.of()));
    }

    /** Headers that must be as in the read before, where that had them. */
    public Then asRead(String... names) {
        return new Then(statuses, elsewhere, code, headers, elements, body, List.of(names), after);
    }

    /** The subject must be as it was. */
    public Then unchanged() {
        return unchanged(Send.SUBJECT);
    }

    public Then unchanged(String path) {
        return with(new Unchanged(path));
    }

    /** The subject must hold what {@link Send#put()} sent. */
    public Then written() {
        return holds(Send.SUBJECT, "new {key}");
    }

    public Then holds(String path, String body) {
        return with(new Holds(path, body));
    }

    /** Where the answer gives a tag, it must be that of exactly the content that was sent. */
    public Then holdsIfTagged(String path, String body) {
        return with(new HoldsIfTagged(path, body));
    }

    /** The subject must have other content than before. */
    public Then changed() {
        return with(new Changed(Send.SUBJECT));
    }

    /** The subject must be gone. */
    public Then gone() {
        return gone(Send.SUBJECT);
    }

    public Then gone(String path) {
        return with(new Gone(path));
    }

    /** The statuses a dialect allows. */
    public Set<Integer> statuses(String dialect) {
        return elsewhere.getOrDefault(dialect, statuses);
    }

    private Then with(Header one) {
        return new Then(statuses, elsewhere, code, with(headers, one), elements, body, asRead, after);
    }

    private Then with(Element one) {
        return new Then(statuses, elsewhere, code, headers, with(elements, one), body, asRead, after);
    }

    private Then with(After one) {
        return new Then(statuses, elsewhere, code, headers, elements, body, asRead, with(after, one));
    }

    private static <T> List<T> with(List<T> list, T one) {
        List<T> all = new ArrayList<>(list);
        all.add(one);
        return all;
    }

    private static String words(Set<Integer> statuses) {
        return new TreeSet<>(statuses).stream().map(String::valueOf).collect(Collectors.joining(" or "));
    }

    /** One line for people. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        StringBuilder answer = new StringBuilder(words(statuses));
        new TreeMap<>(elsewhere)
                .forEach((dialect, others) -> answer.append(" (")
                        .append(dialect)
                        .append(": ")
                        .append(words(others))
                        .append(')'));
        if (code != null) {
            answer.append(' ').append(code);
        }
        parts.add(answer.toString());
        headers.forEach(header -> parts.add(header.toString()));
        elements.forEach(element -> parts.add(element.toString()));
        if (body != null) {
            parts.add("content \"" + body + "\"");
        }
        if (!asRead.isEmpty()) {
            parts.add("as in the 200: " + String.join(", ", asRead));
        }
        after.forEach(state -> parts.add(state.toString()));
        return String.join("; ", parts);
    }
}
