package dev.etalon.cli;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Conditions;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import dev.etalon.targets.reference.WeakWhileNew;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A store without a fault that speaks in a way of its own, on plain sockets: a control. Whatever accuses it is wrong. */
final class CorrectServer implements AutoCloseable {
    private static final int BACKLOG = 200;

    /** What is unusual about it. */
    enum Manners {
        /** HTTP/1.0: one request to a connection, no chunks, no {@code 100 Continue}. */
        HTTP_1_0,
        /** Answers each request with {@code Connection: close}. */
        CLOSES,
        /** Sends an answer in many small pieces. */
        DRIPS,
        /** Its tags are weak for a second, then strong. */
        WEAK_WHILE_NEW,
        /** Makes tags of the second of the change, and lets a change wait until that is another one. */
        ONE_SECOND_TAGS;

        /** Whether it is slow to say or to take something, so that asking it everything takes minutes. */
        boolean slow() {
            return this == WEAK_WHILE_NEW || this == ONE_SECOND_TAGS;
        }
    }

    private final Manners manners;
    private final Faithful store;
    private final ServerSocket listening;
    private final ExecutorService connections = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "correct server");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    CorrectServer(Manners manners) throws IOException {
        this.manners = manners;
        this.store = switch (manners) {
            case WEAK_WHILE_NEW -> new WeakWhileNew();
            case ONE_SECOND_TAGS -> new Patient();
            default -> new Faithful(Manner.RFC9110);
        };
        this.listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        connections.execute(this::accept);
    }

    /** Tags are seconds, and no two versions of one name are of one second. */
    private static final class Patient extends Faithful {
        private final Map<String, Long> last = new ConcurrentHashMap<>();

        Patient() {
            super(Manner.RFC9110);
        }

        @Override
        protected String tag(String key, byte[] body, Instant modified) {
            long second = last.merge(key, Instant.now().getEpochSecond(), (before, now) -> {
                Instant next = Instant.ofEpochSecond(before + 1);
                while (Instant.now().isBefore(next)) {
                    LockSupport.parkUntil(next.toEpochMilli());
                }
                return Instant.now().getEpochSecond();
            });
            return "\"" + Long.toHexString(second) + "-" + body.length + "\"";
        }
    }

    String url() {
        return "http://127.0.0.1:" + listening.getLocalPort() + "/";
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                open.add(socket);
                connections.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            for (boolean more = true; more; ) {
                more = answered(in, out);
            }
        } catch (IOException | UncheckedIOException e) {
            // The client has gone; so does its connection.
        } finally {
            open.remove(socket);
        }
    }

    /** Answers one request; whether another may follow. */
    private boolean answered(InputStream in, OutputStream out) throws IOException {
        String[] request = line(in).split(" ");
        if (request.length != 3) {
            return false;
        }
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (String field = line(in); !field.isEmpty(); field = line(in)) {
            String[] parts = field.split(":", 2);
            fields.add(Map.entry(parts[0], parts[1].strip()));
        }
        if (manners != Manners.HTTP_1_0 && has(fields, "expect", "100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        boolean chunked = has(fields, "transfer-encoding", "chunked");
        Reply reply;
        if (chunked && manners == Manners.HTTP_1_0) {
            reply = Reply.of(411);
        } else {
            byte[] body = chunked ? chunks(in) : in.readNBytes(length(fields));
            String[] target = request[1].split("\\?", 2);
            reply = store.answer(new Call(
                    request[0],
                    target[0],
                    target.length > 1 ? target[1] : "",
                    fields,
                    new ByteArrayInputStream(body),
                    0));
        }
        boolean keeps = manners != Manners.HTTP_1_0 && manners != Manners.CLOSES && !has(fields, "connection", "close");
        write(out, reply, request[0].equals("HEAD"), keeps);
        return keeps;
    }

    private void write(OutputStream out, Reply reply, boolean head, boolean keeps) throws IOException {
        StringBuilder text = new StringBuilder(manners == Manners.HTTP_1_0 ? "HTTP/1.0 " : "HTTP/1.1 ")
                .append(reply.status())
                .append(" \r\n");
        reply.headers()
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append("\r\n"));
        if (!keeps && manners == Manners.CLOSES) {
            text.append("Connection: close\r\n");
        }
        text.append("Date: ").append(Conditions.httpDate(Instant.now())).append("\r\n");
        boolean bodiless = reply.status() == 204 || reply.status() == 304;
        if (!bodiless) {
            text.append("Content-Length: ").append(reply.body().length).append("\r\n");
        }
        byte[] fields = text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        if (manners == Manners.DRIPS) {
            for (byte each : fields) {
                out.write(each);
                if (each == ':') {
                    out.flush();
                }
            }
        } else {
            out.write(fields);
        }
        if (!bodiless && !head) {
            out.write(reply.body());
        }
        out.flush();
    }

    private static boolean has(List<Map.Entry<String, String>> fields, String name, String value) {
        return fields.stream()
                .anyMatch(field -> field.getKey().equalsIgnoreCase(name)
                        && field.getValue().toLowerCase(Locale.ROOT).contains(value));
    }

    private static int length(List<Map.Entry<String, String>> fields) {
        return fields.stream()
                .filter(field -> field.getKey().equalsIgnoreCase("content-length"))
                .mapToInt(field -> Integer.parseInt(field.getValue()))
                .findFirst()
                .orElse(0);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int size;
        do {
            size = Integer.parseInt(line(in).split(";")[0].strip(), 16);
            body.write(in.readNBytes(size));
            if (size > 0) {
                line(in);
            }
        } while (size > 0);
        String trailer;
        do {
            trailer = line(in);
        } while (!trailer.isEmpty());
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int each = in.read(); each >= 0 && each != '\n'; each = in.read()) {
            if (each != '\r') {
                line.write(each);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
        connections.shutdownNow();
    }
}
