package dev.etalon.core.rule;

import dev.etalon.core.target.RawField;
import dev.etalon.core.target.RawRequest.Credentials;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request with names in braces where values are known only when it is sent. Immutable; every method returns a changed
 * copy.
 *
 * <p>Names, in path, query, headers and body: {@code {subject}} and {@code {key}} (fresh for every repetition),
 * {@code {bucket}}, {@code {base}} (URL of the target, a slash at its end), {@code {E}} and {@code {LM}} (entity tag and Last-Modified of the subject, read just before the
 * request of a rule), {@code {X}} and {@code {Y}} (tags never given), {@code {md5}} (of the body), and whatever an earlier
 * step kept. {@code {E.weak}}, {@code {E.strong}}, {@code {E.raw}}, {@code {E.quoted}} and {@code {E.open}} are spellings of a
 * tag: marked weak, without that mark, without quotes, surely with quotes, without its last quote; {@code {LM-1h}} and
 * {@code {LM+1h}} are other times (s, h, d), {@code {LM.rfc850}} and {@code {LM.asctime}} the obsolete forms of a date,
 * {@code {D.imf}} the preferred one of a date out of a document.
 *
 * @param method the method
 * @param path the path below the base, segments divided by slashes
 * @param query parameters
 * @param headers field lines
 * @param body the content; null for none
 * @param credentials how it is signed
 */
public record Send(
        String method,
        String path,
        List<RawField> query,
        List<RawField> headers,
        @Nullable String body,
        Credentials credentials) {
    /** The subject's path. */
    public static final String SUBJECT = "{subject}";

    public Send {
        query = List.copyOf(query);
        headers = List.copyOf(headers);
    }

    /** A request on the subject. */
    public static Send of(String method) {
        return new Send(method, SUBJECT, List.of(), List.of(), null, Credentials.USUAL);
    }

    public static Send get() {
        return of("GET");
    }

    public static Send head() {
        return of("HEAD");
    }

    public static Send delete() {
        return of("DELETE");
    }

    /** A write of content that nothing before it had. */
    public static Send put() {
        return put("new {key}");
    }

    public static Send put(String body) {
        return of("PUT").body(body);
    }

    public static Send post(String body) {
        return of("POST").body(body);
    }

    /** The same on another path. */
    public Send at(String otherPath) {
        return new Send(method, otherPath, query, headers, body, credentials);
    }

    /** With one more field line. */
    public Send header(String name, String value) {
        return new Send(method, path, query, with(headers, new RawField(name, value)), body, credentials);
    }

    /** With one more parameter. */
    public Send query(String name, String value) {
        return new Send(method, path, with(query, new RawField(name, value)), headers, body, credentials);
    }

    /** With a parameter that has no value. */
    public Send query(String name) {
        return query(name, "");
    }

    /** With other content. */
    public Send body(String content) {
        return new Send(method, path, query, headers, content, credentials);
    }

    /** As a presigned URL, its headers signed too. */
    public Send presigned() {
        return credentials(new Credentials(Credentials.Kind.PRESIGNED, credentials.withheld(), credentials.unsigned()));
    }

    /** Without any signature. */
    public Send unsigned() {
        return credentials(new Credentials(Credentials.Kind.NONE, Set.of(), Set.of()));
    }

    /** With a header that is signed but then not sent. */
    public Send withheld(String name, String value) {
        return header(name, value)
                .credentials(new Credentials(
                        credentials.kind(), with(credentials.withheld(), name), credentials.unsigned()));
    }

    /** With a header that is sent but not signed. */
    public Send unsigned(String name, String value) {
        return header(name, value)
                .credentials(new Credentials(
                        credentials.kind(), credentials.withheld(), with(credentials.unsigned(), name)));
    }

    private Send credentials(Credentials other) {
        return new Send(method, path, query, headers, body, other);
    }

    private static <T> List<T> with(List<T> list, T one) {
        List<T> all = new ArrayList<>(list);
        all.add(one);
        return all;
    }

    private static <T> Set<T> with(Set<T> set, T one) {
        Set<T> all = new HashSet<>(set);
        all.add(one);
        return all;
    }

    /** One line for people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (credentials.kind() != Credentials.Kind.HEADER) {
            text.append(credentials.kind() == Credentials.Kind.PRESIGNED ? "presigned " : "unsigned ");
        }
        text.append(method).append(' ').append(path);
        String separator = "?";
        for (RawField parameter : query) {
            text.append(separator).append(parameter.name());
            if (!parameter.value().isEmpty()) {
                text.append('=').append(parameter.value());
            }
            separator = "&";
        }
        for (RawField header : headers) {
            text.append("  ").append(header);
            if (credentials.withheld().contains(header.name())) {
                text.append(" (signed, not sent)");
            } else if (credentials.unsigned().contains(header.name())) {
                text.append(" (not signed)");
            }
        }
        return text.toString();
    }
}
