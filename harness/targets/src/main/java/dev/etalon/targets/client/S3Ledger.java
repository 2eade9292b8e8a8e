package dev.etalon.targets.client;

import dev.etalon.core.target.RawAnswer;
import dev.etalon.core.target.RawField;
import dev.etalon.targets.client.S3Client.Document;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Objects of an S3 server with all their versions and delete markers, uploads and buckets. */
final class S3Ledger extends Ledger {
    /** The names of one run have this in common, and those of no other run. */
    private static final Pattern RUN = Pattern.compile(PREFIX + "[0-9a-z]{8,16}-");

    /** So many objects are deleted by one request; S3 takes a thousand. */
    private static final int BATCH_MAX = 250;

    private static final int LOOKS_MAX = 3;

    private static final int ANSWER_BYTES_MAX = 64 * 1024;

    /** How often an upload is aborted before it is left for the last time. */
    private static final int ABORTS_MAX = 2;

    private final Map<String, Set<String>> keys = new ConcurrentHashMap<>();
    private final Map<Upload, AtomicInteger> uploads = new ConcurrentHashMap<>();
    private final Set<String> uploadedTo = ConcurrentHashMap.newKeySet();
    private final Set<Entry> again = ConcurrentHashMap.newKeySet();
    private final Set<String> absent = ConcurrentHashMap.newKeySet();
    private final Set<String> ours = ConcurrentHashMap.newKeySet();

    /** An upload that was begun. */
    private record Upload(String bucket, String key, String id) {}

    /** An object, or one version of it. */
    private record Entry(
            String bucket, String key, @Nullable String version) {}

    /** How the entries of a list are removed, the cheapest first. */
    private enum Way {
        TOGETHER,
        ONE_BY_ONE,
        WITHOUT_VERSIONS
    }

    S3Ledger(HttpUrl endpoint, S3Signing signing, WireOptions options) {
        super(endpoint, signing, options);
    }

    private static String key(List<String> path) {
        return String.join("/", path.subList(1, path.size()));
    }

    private static boolean makesBucket(Request request, List<String> path) {
        return request.method().equals("PUT")
                && key(path).isEmpty()
                && request.url().querySize() == 0;
    }

    private static boolean has(Request request, String parameter) {
        return request.url().queryParameterNames().contains(parameter);
    }

    @Override
    void sending(Request request, List<String> path) {
        String bucket = path.get(0);
        String key = key(path);
        if (makesBucket(request, path)) {
            // Making a bucket that is there may be answered like making one.
            if (!ours.contains(bucket)
                    && send("HEAD", List.of(bucket), List.of()).status() == 404) {
                absent.add(bucket);
            }
        } else if (key.startsWith(PREFIX) && Set.of("PUT", "POST", "DELETE").contains(request.method())) {
            // Where versions are kept, a delete leaves something, too.
            keys.computeIfAbsent(bucket, name -> ConcurrentHashMap.newKeySet()).add(key);
            if (has(request, "uploads")) {
                uploadedTo.add(bucket);
            }
        }
    }

    @Override
    void answered(Request request, List<String> path, Response response) {
        String bucket = path.get(0);
        if (makesBucket(request, path) && absent.remove(bucket) && response.isSuccessful()) {
            ours.add(bucket);
        }
        String id = request.url().queryParameter("uploadId");
        if (request.method().equals("POST")
                && response.isSuccessful()
                && key(path).startsWith(PREFIX)) {
            if (has(request, "uploads")) {
                document(response)
                        .flatMap(begun -> begun.text("UploadId"))
                        .ifPresent(upload ->
                                uploads.put(new Upload(bucket, key(path), upload), new AtomicInteger(ABORTS_MAX)));
            } else if (id != null
                    && document(response)
                            .filter(result -> result.name().equals("CompleteMultipartUploadResult"))
                            .isPresent()) {
                uploads.remove(new Upload(bucket, key(path), id));
            }
        } else if (request.method().equals("DELETE") && id != null && response.isSuccessful()) {
            uploads.remove(new Upload(bucket, key(path), id));
        }
    }

    private static Optional<Document> document(Response response) {
        try {
            return Document.of(response.peekBody(ANSWER_BYTES_MAX).bytes());
        } catch (IOException e) {
            // The client that reads it will see that, too.
            return Optional.empty();
        }
    }

    @Override
    void doubtful(List<String> path) {
        if (keys.getOrDefault(path.get(0), Set.of()).contains(key(path))) {
            again.add(new Entry(path.get(0), key(path), null));
        }
    }

    @Override
    public void abortUploads() {
        List<Upload> open = uploads.entrySet().stream()
                .filter(each -> each.getValue().get() > 0)
                .map(Map.Entry::getKey)
                .toList();
        if (!open.isEmpty()) {
            unhurried().each(open, this::aborted);
        }
    }

    private Optional<String> aborted(Upload upload) {
        Optional<String> reason = reason(
                "AbortMultipartUpload",
                send("DELETE", path(upload.bucket(), upload.key()), List.of(new RawField("uploadId", upload.id()))));
        AtomicInteger attempts = uploads.get(upload);
        if (reason.isEmpty()) {
            uploads.remove(upload);
        } else if (attempts != null) {
            attempts.decrementAndGet();
        }
        return reason;
    }

    @Override
    void remove(Removal removal, boolean last) {
        removal.left(removal.each(List.copyOf(uploads.keySet()), this::aborted).values());
        Map<String, Set<String>> names = new TreeMap<>();
        keys.forEach((bucket, made) -> {
            Set<String> some = new HashSet<>(made);
            made.removeAll(some);
            names.put(bucket, some);
        });
        if (last) {
            for (Entry entry : again) {
                names.computeIfAbsent(entry.bucket(), bucket -> new HashSet<>()).add(entry.key());
            }
            again.clear();
        }
        names.forEach((bucket, some) -> remove(removal, bucket, some));
        if (last) {
            removal.left(removal.each(new TreeSet<>(ours), this::dropped).values());
        }
    }

    private Optional<String> dropped(String bucket) {
        Optional<String> reason = reason("DeleteBucket of " + bucket, send("DELETE", List.of(bucket), List.of()));
        if (reason.isEmpty()) {
            ours.remove(bucket);
        }
        return reason;
    }

    private void remove(Removal removal, String bucket, Set<String> some) {
        Map<String, Set<String>> groups = new TreeMap<>();
        for (String key : some) {
            Matcher run = RUN.matcher(key);
            groups.computeIfAbsent(run.lookingAt() ? run.group() : key, group -> new HashSet<>())
                    .add(key);
        }
        groups.forEach((prefix, group) -> {
            if (uploadedTo.contains(bucket) && removal.over().isEmpty()) {
                // An upload whose beginning was not answered has an id that we do not know.
                removal.left(removal.each(begun(bucket, prefix), this::aborted).values());
            }
            remove(removal, bucket, prefix, group);
        });
    }

    private void remove(Removal removal, String bucket, String prefix, Set<String> group) {
        Optional<List<Entry>> listed = removal.over().isPresent() ? Optional.empty() : listed(bucket, prefix);
        if (listed.isEmpty() || (listed.get().isEmpty() && isThere(bucket, group))) {
            // No list to go by, and no way to know of versions.
            List<Entry> plain =
                    group.stream().map(key -> new Entry(bucket, key, null)).toList();
            Map<Entry, String> left = removal.each(plain, this::deleted);
            again.addAll(left.keySet());
            removal.left(left.values());
            return;
        }
        List<Entry> entries = listed.get();
        String reason = "it is listed again and again";
        for (Way way : Way.values()) {
            while (!entries.isEmpty() && removal.over().isEmpty()) {
                reason = tried(removal, way, bucket, entries).orElse(reason);
                List<Entry> next = listed(bucket, prefix).orElse(entries);
                if (next.equals(entries)) {
                    break;
                }
                entries = next;
            }
        }
        String why = removal.over().orElse(reason);
        again.addAll(entries);
        removal.left(entries.stream().map(entry -> why).toList());
    }

    /** Removes entries in a way; why some of them stay, as far as the server said so. */
    private Optional<String> tried(Removal removal, Way way, String bucket, List<Entry> entries) {
        if (way != Way.TOGETHER) {
            List<Entry> each = entries.stream()
                    .map(entry -> way == Way.ONE_BY_ONE ? entry : new Entry(bucket, entry.key(), null))
                    .distinct()
                    .toList();
            return removal.each(each, this::deleted).values().stream().findFirst();
        }
        List<List<Entry>> batches = new ArrayList<>();
        for (int from = 0; from < entries.size(); from += BATCH_MAX) {
            batches.add(entries.subList(from, Math.min(entries.size(), from + BATCH_MAX)));
        }
        // A server that does not offer it is asked once.
        Optional<String> refused =
                removal.each(batches.subList(0, 1), batch -> together(bucket, batch)).values().stream()
                        .findFirst();
        return refused.isPresent()
                ? refused
                : removal.each(batches.subList(1, batches.size()), batch -> together(bucket, batch)).values().stream()
                        .findFirst();
    }

    private Optional<String> together(String bucket, List<Entry> batch) {
        String objects = batch.stream()
                .map(entry -> "<Object><Key>" + S3Client.escaped(entry.key()) + "</Key>"
                        + (entry.version() == null
                                ? ""
                                : "<VersionId>" + S3Client.escaped(entry.version()) + "</VersionId>")
                        + "</Object>")
                .collect(Collectors.joining());
        byte[] body = ("<Delete" + S3Client.NAMESPACE + "><Quiet>true</Quiet>" + objects + "</Delete>")
                .getBytes(StandardCharsets.UTF_8);
        RawAnswer answer = send(
                "POST",
                List.of(bucket),
                List.of(new RawField("delete", "")),
                body,
                new RawField("Content-MD5", S3Client.md5(body)),
                new RawField("Content-Type", "application/xml"));
        return reason("DeleteObjects", answer);
    }

    private Optional<String> deleted(Entry entry) {
        String version = entry.version();
        return reason(
                "DeleteObject",
                send(
                        "DELETE",
                        path(entry.bucket(), entry.key()),
                        version == null ? List.of() : List.of(new RawField("versionId", version))));
    }

    private boolean isThere(String bucket, Set<String> group) {
        return group.stream()
                .limit(LOOKS_MAX)
                .anyMatch(key -> send("HEAD", path(bucket, key), List.of()).status() == 200);
    }

    private List<Upload> begun(String bucket, String prefix) {
        RawAnswer answer =
                send("GET", List.of(bucket), List.of(new RawField("uploads", ""), new RawField("prefix", prefix)));
        return children(answer, "ListMultipartUploadsResult", "Upload").orElse(List.of()).stream()
                .map(item -> new Upload(
                        bucket,
                        item.text("Key").orElse(""),
                        item.text("UploadId").orElse("")))
                .filter(upload ->
                        upload.key().startsWith(prefix) && !upload.id().isEmpty())
                .toList();
    }

    /** The first of what is in a bucket below a prefix, with versions where the server lists them; empty where it lists nothing. */
    private Optional<List<Entry>> listed(String bucket, String prefix) {
        RawField below = new RawField("prefix", prefix);
        RawAnswer versions = send("GET", List.of(bucket), List.of(below, new RawField("versions", "")));
        Optional<List<Document>> items = children(versions, "ListVersionsResult", "Version", "DeleteMarker");
        if (items.isEmpty() && versions.failure() == null) {
            items = children(
                    send("GET", List.of(bucket), List.of(new RawField("list-type", "2"), below)),
                    "ListBucketResult",
                    "Contents");
        }
        return items.map(found -> found.stream()
                .map(item -> new Entry(
                        bucket,
                        item.text("Key").orElse(""),
                        item.text("VersionId").orElse(null)))
                .filter(entry -> entry.key().startsWith(prefix))
                .toList());
    }

    private static Optional<List<Document>> children(RawAnswer answer, String root, String... names) {
        if (answer.failure() != null || answer.status() != 200) {
            return Optional.empty();
        }
        return Document.of(answer.body())
                .filter(result -> result.name().equals(root))
                .map(result -> Stream.of(names).flatMap(result::children).toList());
    }

    private static List<String> path(String bucket, String key) {
        List<String> path = new ArrayList<>(List.of(bucket));
        path.addAll(List.of(key.split("/", -1)));
        return path;
    }
}
