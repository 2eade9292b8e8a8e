package dev.etalon.cli;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Line;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.ReferenceServer;
import dev.etalon.targets.reference.Reply;
import dev.etalon.targets.reference.Stored;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A faithful server that says all it has: what a user would find after us. */
class ListedServer extends Faithful implements AutoCloseable {
    static final String ACCESS_KEY = "etalon";
    static final String SECRET_KEY = "etalon-secret";

    private static final Pattern UPLOAD = Pattern.compile("<Upload>.*?<UploadId>([^<]+)</UploadId>");

    private final Set<String> asked = new ConcurrentSkipListSet<>();
    private final ReferenceServer server;
    private final String url;

    ListedServer(Manner manner) throws Exception {
        super(manner);
        this.server = ReferenceServer.start(this, ReferenceServer.Options.PLAIN, ACCESS_KEY, SECRET_KEY);
        this.url = "http://127.0.0.1:" + server.ports().get(0) + "/";
    }

    boolean s3() {
        return manner() != Manner.RFC9110;
    }

    String url() {
        return url;
    }

    @Override
    public Reply answer(Call call) {
        asked.add(bucket(call));
        return super.answer(call);
    }

    private static String bucket(Call call) {
        return call.name().split("/", 2)[0];
    }

    /** Sends a request past sockets and signatures. */
    Reply ask(String method, String path, String query, String body) {
        InputStream content = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
        return answer(new Call(method, path, query, List.of(), content, 0));
    }

    /** Every object with its versions and markers, every bucket, every upload. */
    Map<String, Set<String>> listed() {
        Map<String, Set<String>> all = new TreeMap<>();
        for (Map.Entry<String, Line> each : lines().entrySet()) {
            for (Stored stored : each.getValue().versions()) {
                all.computeIfAbsent(each.getKey(), key -> new TreeSet<>())
                        .add(stored.id() + (stored.marker() ? " (marker)" : ""));
            }
        }
        for (String bucket : s3() ? asked : Set.<String>of()) {
            if (!bucket.isEmpty() && ask("HEAD", "/" + bucket, "", "").status() == 200) {
                all.put(bucket, uploads(bucket));
            }
        }
        return all;
    }

    private Set<String> uploads(String bucket) {
        Set<String> open = new TreeSet<>();
        Matcher upload = UPLOAD.matcher(
                new String(ask("GET", "/" + bucket, "uploads", "").body(), StandardCharsets.UTF_8)
                        .replaceAll("\\s", ""));
        while (upload.find()) {
            open.add("upload " + upload.group(1));
        }
        return open;
    }

    @Override
    public void close() {
        server.close();
    }
}
