package dev.etalon.core.run;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Tells a run to end early, once, with the reason. Thread-safe. */
public final class Stop {
    private final AtomicReference<@Nullable String> reason = new AtomicReference<>();
    private final @Nullable Stop parent;

    /** A stop that nobody else can ask for. */
    public Stop() {
        this(null);
    }

    /** A stop that is also asked for when its parent is, but not the other way round. */
    public Stop(@Nullable Stop parent) {
        this.parent = parent;
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
