package dev.etalon.scenarios.soak;

import dev.etalon.core.plan.Alignment;
import dev.etalon.core.plan.Versioning;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.RawClient;
import dev.etalon.core.target.RunningTarget;
import dev.etalon.core.target.TargetInfo;
import dev.etalon.core.target.TargetProvider;
import dev.etalon.core.target.TargetUnavailableException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A target that is started by its first session and kept for the next ones, so that a soak of many sessions is a soak of one
 * server. Closing this stops it. Not thread-safe.
 */
final class StartedOnce implements TargetProvider, AutoCloseable {
    private final TargetProvider provider;
    private final Path work;
    private @Nullable RunningTarget running;

    /**
     * A target that is not started yet.
     *
     * @param provider starts it
     * @param work where it keeps its data: the folder that a session offers is removed when that session is over
     */
    StartedOnce(TargetProvider provider, Path work) {
        this.provider = provider;
        this.work = work;
    }

    @Override
    public TargetInfo info() {
        return provider.info();
    }

    @Override
    public RunningTarget start(Options options) throws TargetUnavailableException {
        if (running == null) {
            running = provider.start(new Options(options.settings(), work));
        }
        return new Lent(running);
    }

    @Override
    public void close() {
        if (running != null) {
            running.close();
        }
    }

    /** The running target as one session has it: closing it stops nothing. */
    private record Lent(RunningTarget target) implements RunningTarget {
        @Override
        public List<Client> endpoints() {
            return target.endpoints();
        }

        @Override
        public Optional<RawClient> raw() {
            return target.raw();
        }

        @Override
        public List<Map<String, String>> addresses() {
            return target.addresses();
        }

        @Override
        public Set<Alignment> alignments() {
            return target.alignments();
        }

        @Override
        public List<Versioning> versioning() {
            return target.versioning();
        }

        @Override
        public String url() {
            return target.url();
        }

        @Override
        public String version() {
            return target.version();
        }

        @Override
        public String log() {
            return target.log();
        }

        @Override
        public void close() {
            // The server outlives the session.
        }
    }
}
