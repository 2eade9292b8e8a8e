package dev.etalon.targets.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import okhttp3.HttpUrl;

/** A server on a bare socket that counts every request head that arrives, whatever it then does to the connection. */
final class CountingServer implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> arrivals = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Semaphore closed = new Semaphore(0);
    private final Behaviour behaviour;

    /** What the server does with a request whose head has arrived. */
    interface Behaviour {
        /**
         * Handles one request.
         *
         * @param connection number of the connection, 0 and up
         * @param head request line and header fields
         * @return whether the connection stays open for another request
         */
        boolean handle(int connection, String head, InputStream in, OutputStream out) throws IOException;
    }

    CountingServer(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        Thread thread = new Thread(this::accept, "counting-server");
        thread.setDaemon(true);
        thread.start();
    }

    HttpUrl url() {
        return new HttpUrl.Builder()
                .scheme("http")
                .host("127.0.0.1")
                .port(listener.getLocalPort())
                .build();
    }

    /** The request heads that arrived, in order. */
    List<String> arrivals() {
        return arrivals;
    }

    /** Waits until the server has closed a connection: on this machine the client's side knows of it then. */
    void awaitClosed() throws IOException {
        try {
            closed.acquire();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void accept() {
        for (int connection = 0; !listener.isClosed(); connection++) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                int number = connection;
                Thread thread = new Thread(() -> serve(number, socket), "counting-server-" + number);
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(int connection, Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean open = true;
            while (open) {
                String head = head(in);
                if (head.isEmpty()) {
                    return;
                }
                arrivals.add(head);
                open = behaviour.handle(connection, head, in, socket.getOutputStream());
            }
        } catch (IOException e) {
            // The client went away, which some tests are about.
        } finally {
            closed.release();
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.append((char) c);
            if (head.toString().endsWith("\r\n\r\n")) {
                return head.toString();
            }
        }
        return "";
    }

    /** Reads the body that a head announces. */
    static byte[] body(String head, InputStream in) throws IOException {
        for (String line : head.split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                return in.readNBytes(Integer.parseInt(
                        line.substring("content-length:".length()).strip()));
            }
        }
        return new byte[0];
    }

    /** Sends an answer without a body. */
    static void answer(OutputStream out, String statusLine, String... fields) throws IOException {
        String text = "HTTP/1.1 " + statusLine + "\r\nContent-Length: 0\r\n"
                + (fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n") + "\r\n";
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
