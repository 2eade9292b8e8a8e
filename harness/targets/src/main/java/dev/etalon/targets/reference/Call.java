package dev.etalon.targets.reference;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request as it came in. Its body is read from the connection when it is first asked for. Not thread-safe. */
public final class Call {
    private final String method;
    private final String path;
    private final String query;
    private final int node;
    private final boolean first;
    private final List<String> fieldNames;
    private final Map<String, List<String>> headers = new TreeMap<>();
    private final Map<String, String> parameters = new TreeMap<>();
    private final InputStream content;
    private byte @Nullable [] body;

    /**
     * Takes a request.
     *
     * @param method the method
     * @param path the path as sent, still encoded
     * @param query the query as sent, still encoded; empty for none
     * @param fields header fields, as name and value
     * @param content the body
     * @param node which of the server's endpoints it came to, 0 and up
     */
    public Call(
            String method,
            String path,
            String query,
            List<Map.Entry<String, String>> fields,
            InputStream content,
            int node) {
        this(method, path, query, fields, content, node, false);
    }

    /** The same, where it is known whether it is the first request on its connection. */
    Call(
            String method,
            String path,
            String query,
            List<Map.Entry<String, String>> fields,
            InputStream content,
            int node,
            boolean first) {
        this.first = first;
        this.method = method;
        this.path = path;
        this.query = query;
        this.node = node;
        this.content = content;
        this.fieldNames = fields.stream().map(Map.Entry::getKey).toList();
        fields.forEach(
                field -> headers.computeIfAbsent(field.getKey().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(field.getValue()));
        for (String pair : query.split("&")) {
            int at = pair.indexOf('=');
            if (!pair.isEmpty()) {
                parameters.put(
                        decoded(at < 0 ? pair : pair.substring(0, at)), at < 0 ? "" : decoded(pair.substring(at + 1)));
            }
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The same without any header field, as a server sees it that looks at none. */
    public Call bare() {
        return new Call(method, path, query, List.of(), new ByteArrayInputStream(body()), node, first);
    }

    public String method() {
        return method;
    }

    /** The path as sent, still encoded. */
    public String path() {
        return path;
    }

    /** The path without its first slash, decoded. */
    public String name() {
        return decoded(path.substring(Math.min(1, path.length())).replace("+", "%2B"));
    }

    /** The query as sent, still encoded; empty for none. */
    public String query() {
        return query;
    }

    /** Query parameters, decoded; those without a value have an empty one. */
    public Map<String, String> parameters() {
        return parameters;
    }

    /** Names of the header fields in the order in which they were sent; those of Host and User-Agent as they were spelt. */
    public List<String> fieldNames() {
        return fieldNames;
    }

    /** Whether it is the first request on its connection, as far as that is known. */
    public boolean first() {
        return first;
    }

    /** Which of the server's endpoints it came to. */
    public int node() {
        return node;
    }

    /**
     * A header field; several lines of one name are one list (RFC 9110 §5.3).
     *
     * @return null when it was not sent
     */
    public @Nullable String header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null ? null : String.join(", ", values);
    }

    /**
     * A conditional header field. A presigned URL may carry it among its signed parameters, where it binds whoever uses
     * the URL.
     */
    public @Nullable String condition(String name) {
        String sent = header(name);
        return sent != null || !parameters.containsKey("X-Amz-Signature") ? sent : parameter(name);
    }

    private @Nullable String parameter(String name) {
        return parameters.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** Names of the header fields that begin so, in lower case. */
    List<String> headersBeginning(String prefix) {
        return headers.keySet().stream().filter(name -> name.startsWith(prefix)).collect(Collectors.toList());
    }

    /** The whole body. The first call waits until all of it has arrived. */
    public byte[] body() {
        byte[] whole = body;
        if (whole == null) {
            try {
                byte[] received = content.readAllBytes();
                whole = "aws-chunked".equals(header("Content-Encoding")) ? unchunked(received) : received;
                body = whole;
            } catch (IOException e) {
                throw new UncheckedIOException("the body did not arrive as a whole", e);
            }
        }
        return whole;
    }

    /** What is in the chunks of Amazon's own framing; what follows them is no part of it. */
    private static byte[] unchunked(byte[] wire) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(wire.length);
        int at = 0;
        while (at < wire.length) {
            int end = at;
            while (end < wire.length && wire[end] != '\r') {
                end++;
            }
            String head = new String(wire, at, end - at, StandardCharsets.US_ASCII);
            int length = Integer.parseInt(head.split(";", 2)[0], 16);
            if (length == 0) {
                return body.toByteArray();
            }
            body.write(wire, end + 2, length);
            at = end + 2 + length + 2;
        }
        throw new EOFException("the last chunk is missing: bytes=" + wire.length);
    }
}
