package dev.etalon.core.conformance;

import dev.etalon.core.target.Exchange;
import dev.etalon.core.target.RawAnswer;
import dev.etalon.core.target.RawClient;
import dev.etalon.core.target.RawField;
import dev.etalon.core.target.RawRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a server busy beside a rule without touching what the rule speaks of. Each worker sends one request after the
 * other: plain reads of the rule's subject, which cannot change what is owed for it, in turn with conditional and plain
 * writes, reads and deletes of a key of its own. Closing it deletes those keys.
 *
 * <p>Bounded twice: no more requests in flight than workers, and in each repetition no more than {@link #REQUESTS_MAX}
 * per worker.
 */
final class Load implements AutoCloseable {
    /** Many times what a worker gets done in an ordinary repetition; binds only where the rule's own request hangs. */
    static final int REQUESTS_MAX = 50;

    /** A server that asks for less, or does not answer, is given this long. */
    private static final long BACK_OFF_MS = 100;

    /** How long a repetition waits for the load to be there; a server that slow is under load already. */
    private static final long AWAIT_MS = 1_000;

    /** Shaped like a content-MD5 tag and never given. */
    private static final String FOREIGN = "\"00000000000000000000000000000000\"";

    private final RawClient client;
    private final Semaphore granted = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final LongAdder requests = new LongAdder();
    private final LongAdder onSubject = new LongAdder();
    private final LongAdder unanswered = new LongAdder();
    private final List<Thread> workers = new ArrayList<>();
    private volatile Around around = new Around(List.of());

    /** A repetition that the load is beside. */
    private static final class Around {
        private final List<String> subject;
        private final CountDownLatch begun = new CountDownLatch(1);

        Around(List<String> subject) {
            this.subject = subject;
        }
    }

    /**
     * Starts the workers; they send nothing before the first {@link #beside}.
     *
     * @param client reaches the target
     * @param workers how many, 1 or more
     * @param prefix begins the names of the keys they write
     */
    Load(RawClient client, int workers, String prefix) {
        this.client = client;
        for (int i = 0; i < workers; i++) {
            List<String> path = new ArrayList<>();
            String bucket = client.places().get("bucket");
            if (bucket != null) {
                path.add(bucket);
            }
            path.add(prefix + "-load-" + i);
            Thread thread = new Thread(() -> work(path), "etalon-load-" + i);
            thread.setDaemon(true);
            this.workers.add(thread);
            thread.start();
        }
    }

    /** Turns to the subject of the next repetition, and returns when the first request beside it is under way. */
    void beside(List<String> subject) {
        Around next = new Around(List.copyOf(subject));
        around = next;
        granted.drainPermits();
        granted.release(REQUESTS_MAX * workers.size());
        try {
            if (!next.begun.await(AWAIT_MS, TimeUnit.MILLISECONDS)) {
                next.begun.countDown();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was sent so far. */
    RuleVerdict.Beside sent() {
        return new RuleVerdict.Beside(workers.size(), requests.intValue(), onSubject.intValue(), unanswered.intValue());
    }

    private void work(List<String> own) {
        @Nullable String tag = null;
        boolean there = false;
        try {
            for (int turn = 0; granted(); turn++) {
                Around now = around;
                RawRequest request;
                if (turn % 2 == 0) {
                    request = request(turn % 4 == 0 ? "GET" : "HEAD", now.subject, null);
                    onSubject.increment();
                } else {
                    request = own(turn / 2, own, tag);
                    there |= request.method().equals("PUT");
                }
                requests.increment();
                now.begun.countDown();
                RawAnswer answer = client.send(request).answer();
                if (answer.failure() != null || Unavailable.status(answer.status(), true)) {
                    unanswered.increment();
                    if (closed.await(BACK_OFF_MS, TimeUnit.MILLISECONDS)) {
                        break;
                    }
                } else if (request.path().equals(own)) {
                    tag = answer.header("ETag").orElse(tag);
                    there &= !request.method().equals("DELETE");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (there) {
            Exchange last = client.send(request("DELETE", own, null));
            requests.increment();
            if (last.answer().failure() != null) {
                unanswered.increment();
            }
        }
    }

    private boolean granted() throws InterruptedException {
        granted.acquire();
        return closed.getCount() > 0;
    }

    /** The life of a key in five requests: created, read, overwritten, not overwritten, deleted. */
    private static RawRequest own(int turn, List<String> path, @Nullable String tag) {
        return switch (turn % 5) {
            case 0 -> request("PUT", path, new RawField("If-None-Match", "*"));
            case 1 -> request("GET", path, null);
            case 2 -> request("PUT", path, tag == null ? null : new RawField("If-Match", tag));
            case 3 -> request("PUT", path, new RawField("If-Match", FOREIGN));
            default -> request("DELETE", path, null);
        };
    }

    private static RawRequest request(String method, List<String> path, @Nullable RawField condition) {
        List<RawField> headers = new ArrayList<>();
        if (condition != null) {
            headers.add(condition);
        } else if (!method.equals("PUT")) {
            // So that a shared cache keeps nothing of it that a rule's own read would then be given.
            headers.add(new RawField("Cache-Control", "no-cache"));
        }
        byte[] body = method.equals("PUT") ? ("load " + condition).getBytes(StandardCharsets.UTF_8) : null;
        return new RawRequest(method, path, List.of(), headers, body, RawRequest.Credentials.USUAL);
    }

    /** Ends the workers after the requests in hand. */
    @Override
    public void close() {
        closed.countDown();
        granted.release(workers.size());
        for (Thread worker : workers) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
