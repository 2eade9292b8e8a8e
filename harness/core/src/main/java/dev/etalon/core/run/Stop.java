package dev.etalon.core.run;

import dev.etalon.core.target.Pulse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells a run to end early, once, with the reason. Thread-safe. */
public final class Stop {
    private final AtomicReference<@Nullable String> reason = new AtomicReference<>();
    private final @Nullable Stop parent;
    private final Supplier<Pulse> pulse;

    /** A stop that nobody else can ask for. */
    public Stop() {
        this(null);
    }

    /** A stop that is also asked for when its parent is, but not the other way round. */
    public Stop(@Nullable Stop parent) {
        this(parent, () -> Pulse.ANSWERS);
    }

    /**
     * A stop that asks for itself when the server is gone.
     *
     * @param pulse looks whether it is; asked when answers stop coming
     */
    public Stop(@Nullable Stop parent, Supplier<Pulse> pulse) {
        this.parent = parent;
        this.pulse = pulse;
    }

    /**
     * An answer did not come, or several: looks whether the server is still there, and where it is not asks every run that
     * holds this to end. One look at a time, and none once the run is to end.
     */
    public synchronized void suspect() {
        if (requested()) {
            return;
        }
        Pulse look = pulse.get();
        if (look.state() != Pulse.State.ANSWERS) {
            request(look.sentence());
        }
    }

    /** Asks every run that holds this to end after the request in hand. The first reason stays. */
    public void request(String because) {
        reason.compareAndSet(null, because);
    }

    /** Why to stop; empty to go on. */
    public Optional<String> reason() {
        Optional<String> own = Optional.ofNullable(reason.get());
        return own.isPresent() || parent == null ? own : parent.reason();
    }

    public boolean requested() {
        return reason().isPresent();
    }
}
