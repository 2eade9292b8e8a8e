package dev.etalon.targets.client;

import dev.etalon.core.model.SafeUrl;
import dev.etalon.core.target.RawAnswer;
import dev.etalon.core.target.RawField;
import dev.etalon.core.target.RawRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What was made on a server that stays when we are gone, and how it is removed again. Every client of that server passes
 * through it, so that nothing is made that it does not know of. It removes what it has seen being made, and nothing else; and
 * only names that begin with {@code etalon-}, and buckets that were not there before. Thread-safe.
 */
public abstract class Ledger implements Interceptor, AutoCloseable {
    /** What every name begins with that we make. */
    static final String PREFIX = "etalon-";

    /** How many requests at a time; more would be a load. */
    private static final int PARALLEL = 4;

    /** How long removing may still take once somebody is in a hurry. */
    static final Duration HURRY = Duration.ofSeconds(10);

    /** How long one request to remove something may take. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    /** A server that refused that often in a row is not asked for the rest. */
    private static final int REFUSED_IN_A_ROW_MAX = 20;

    /** Nor one that did not answer that often in a row. */
    private static final int SILENT_IN_A_ROW_MAX = 3;

    /** A server that asks for less is asked again, a little later each time. */
    private static final int ATTEMPTS_MAX = 4;

    private static final long BACK_OFF_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private final HttpUrl base;
    private final RawWire wire;
    private long hurriedSinceNs;
    private boolean hurried;
    private volatile int attempts = ATTEMPTS_MAX;

    /**
     * Makes an empty one.
     *
     * @param base what all names are below
     * @param signing how requests to remove something are signed
     * @param options how they are sent
     */
    Ledger(HttpUrl base, RawWire.Signing signing, WireOptions options) {
        this.base = base;
        Duration timeout = options.callTimeout().compareTo(CALL_TIMEOUT) < 0 ? options.callTimeout() : CALL_TIMEOUT;
        this.wire = new RawWire(base, Map.of(), signing, new WireOptions(options.version(), timeout, options.trust()));
    }

    @Override
    public final Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        Optional<List<String>> path = below(request.url());
        if (path.isEmpty()) {
            return chain.proceed(request);
        }
        sending(request, path.get());
        Response response;
        try {
            response = chain.proceed(request);
        } catch (IOException e) {
            doubtful(path.get());
            throw e;
        }
        if (response.code() >= 500 || response.code() == 202 || response.code() == 408) {
            doubtful(path.get());
        }
        answered(request, path.get(), response);
        return response;
    }

    /** The segments of a path below the base; empty for a path that is elsewhere. */
    final Optional<List<String>> below(HttpUrl url) {
        List<String> root = new ArrayList<>(base.pathSegments());
        if (root.get(root.size() - 1).isEmpty()) {
            root.remove(root.size() - 1);
        }
        List<String> path = url.pathSegments();
        return path.size() > root.size() && path.subList(0, root.size()).equals(root)
                ? Optional.of(path.subList(root.size(), path.size()))
                : Optional.empty();
    }

    /** A request is about to leave. */
    abstract void sending(Request request, List<String> path);

    /** A request was answered; its body must not be consumed. */
    abstract void answered(Request request, List<String> path, Response response);

    /** Something may be done with a name later than its answer came. */
    abstract void doubtful(List<String> path);

    /**
     * Aborts the uploads that were begun and not completed. Not while one of them is still to be completed, and not during a
     * race.
     */
    public abstract void abortUploads();

    /** Removes what it knows of. */
    abstract void remove(Removal removal, boolean last);

    /**
     * Removes from the server what was made there so far, a few things at a time. What could not be removed is tried once more
     * the last time.
     *
     * @param last whether nothing more will be made: then buckets of ours go, too
     * @param hurry asked all the while; once it says so there are ten seconds left, in all
     * @return how much could not be removed and why, in one sentence; empty when that was not the last time, or nothing is left
     */
    public final synchronized Optional<String> clean(boolean last, BooleanSupplier hurry) {
        Removal removal = new Removal(hurry);
        remove(removal, last);
        return last ? removal.sentence() : Optional.empty();
    }

    /** A removal that nobody hurries. */
    final Removal unhurried() {
        return new Removal(() -> false);
    }

    final RawAnswer send(String method, List<String> path, List<RawField> query, RawField... headers) {
        return send(method, path, query, null, headers);
    }

    /** Sends a request, again where the server asks for less. */
    final RawAnswer send(
            String method, List<String> path, List<RawField> query, byte @Nullable [] body, RawField... headers) {
        RawRequest request = new RawRequest(method, path, query, List.of(headers), body, RawRequest.Credentials.USUAL);
        int most = attempts;
        RawAnswer answer = wire.send(request).answer();
        for (int attempt = 1; attempt < most && asksForLess(answer); attempt++) {
            LockSupport.parkNanos(attempt * BACK_OFF_NS);
            answer = wire.send(request).answer();
        }
        // A server that refuses however long we wait is not waited for each time.
        attempts = asksForLess(answer) ? Math.max(1, most - 1) : ATTEMPTS_MAX;
        return answer;
    }

    private static boolean asksForLess(RawAnswer answer) {
        return answer.status() == 503 || answer.status() == 429;
    }

    /** Why something was not removed; empty when it is gone. */
    static Optional<String> reason(String method, RawAnswer answer) {
        if (answer.failure() != null) {
            return Optional.of(Removal.SILENT + " to " + method);
        }
        boolean gone = answer.status() / 100 == 2 || answer.status() == 404 || answer.status() == 410;
        return gone ? Optional.empty() : Optional.of(method + " was answered " + answer.status());
    }

    @Override
    public void close() {
        wire.close();
    }

    /** One time that things are removed, and what came of it. */
    final class Removal {
        private static final String SILENT = "no answer came";

        private final BooleanSupplier hurry;
        private final Map<String, Integer> reasons = new LinkedHashMap<>();
        private @Nullable String givenUp;

        /** Why no more things of the kind in hand are tried: who refuses to abort uploads may well delete objects. */
        private @Nullable String kindGivenUp;

        private int refusedInARow;
        private int silentInARow;

        private Removal(BooleanSupplier hurry) {
            this.hurry = hurry;
        }

        /** Why nothing more is to be tried; empty to go on. */
        synchronized Optional<String> over() {
            String why = givenUp == null ? kindGivenUp : givenUp;
            if (why != null) {
                return Optional.of(why);
            }
            if (hurry.getAsBoolean()) {
                if (!hurried) {
                    hurried = true;
                    hurriedSinceNs = System.nanoTime();
                }
                if (System.nanoTime() - hurriedSinceNs > HURRY.toNanos()) {
                    return Optional.of("the run was interrupted and had to end");
                }
            }
            return Optional.empty();
        }

        private synchronized void came(Optional<String> reason) {
            if (reason.isEmpty()) {
                refusedInARow = 0;
                silentInARow = 0;
            } else if (reason.get().startsWith(SILENT)) {
                silentInARow++;
            } else {
                refusedInARow++;
            }
            if (silentInARow == SILENT_IN_A_ROW_MAX) {
                givenUp = reason.orElseThrow();
            } else if (refusedInARow == REFUSED_IN_A_ROW_MAX) {
                kindGivenUp = reason.orElseThrow();
            }
        }

        private synchronized void nextKind() {
            refusedInARow = 0;
            kindGivenUp = null;
        }

        /** Counts things that stay. */
        synchronized void left(Collection<String> each) {
            each.forEach(reason -> reasons.merge(reason, 1, Integer::sum));
        }

        /**
         * Removes things, a few at a time.
         *
         * @param remove says why a thing was not removed; empty when it is gone
         * @return those that are not gone, each with the reason
         */
        <T> Map<T, String> each(Collection<T> things, Function<T, Optional<String>> remove) {
            nextKind();
            Queue<T> queue = new ConcurrentLinkedQueue<>(things);
            Map<T, String> failed = new ConcurrentHashMap<>();
            Runnable worker = () -> {
                for (T thing = queue.poll(); thing != null; thing = queue.poll()) {
                    Optional<String> reason = over();
                    if (reason.isEmpty()) {
                        reason = remove.apply(thing);
                        came(reason);
                    }
                    if (reason.isPresent()) {
                        failed.put(thing, reason.get());
                    }
                }
            };
            List<Thread> workers = new ArrayList<>();
            for (int i = 1; i < Math.min(PARALLEL, things.size()); i++) {
                Thread thread = new Thread(worker, "etalon-removal-" + i);
                thread.setDaemon(true);
                thread.start();
                workers.add(thread);
            }
            worker.run();
            for (Thread thread : workers) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            nextKind();
            return failed;
        }

        private synchronized Optional<String> sentence() {
            int left = reasons.values().stream().mapToInt(Integer::intValue).sum();
            return left == 0
                    ? Optional.empty()
                    : Optional.of(left + (left == 1 ? " thing" : " things") + " could not be removed from "
                            + SafeUrl.of(base.toString())
                            + " (" + String.join("; ", reasons.keySet()) + "); docs/running.md says what to do");
        }
    }
}
