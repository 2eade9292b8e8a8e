package dev.etalon.core.session;

import dev.etalon.core.model.Outcome;
import dev.etalon.core.target.Exchange;
import dev.etalon.core.target.Pulse;
import dev.etalon.core.target.RawAnswer;
import dev.etalon.core.target.RawClient;
import dev.etalon.core.target.RawRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends through another client until the server is gone, and nothing from then on. Thread-safe. */
final class WatchedClient implements RawClient {
    /** Answers that did not come, in a row, before it is looked whether the server is still there. */
    private static final int SUSPICIOUS = 2;

    private final RawClient client;
    private final Supplier<Pulse> pulse;
    private final AtomicInteger silentInARow = new AtomicInteger();
    private volatile @Nullable String gone;

    WatchedClient(RawClient client, Supplier<Pulse> pulse) {
        this.client = client;
        this.pulse = pulse;
    }

    @Override
    public Map<String, String> places() {
        return client.places();
    }

    @Override
    public Exchange send(RawRequest request) {
        String before = gone;
        if (before != null) {
            return new Exchange(request, RawAnswer.failed(Outcome.Cause.CONNECTION, "not sent: " + before));
        }
        Exchange exchange = client.send(request);
        if (exchange.answer().failure() == null) {
            silentInARow.set(0);
        } else if (silentInARow.incrementAndGet() >= SUSPICIOUS) {
            look();
        }
        return exchange;
    }

    private synchronized void look() {
        if (gone == null && silentInARow.get() >= SUSPICIOUS) {
            silentInARow.set(0);
            Pulse look = pulse.get();
            if (look.state() != Pulse.State.ANSWERS) {
                gone = look.sentence();
            }
        }
    }

    /** Why nothing is sent any more; empty as long as something is. */
    Optional<String> gone() {
        return Optional.ofNullable(gone);
    }

    @Override
    public void abortUploads() {
        if (gone == null) {
            client.abortUploads();
        }
    }
}
