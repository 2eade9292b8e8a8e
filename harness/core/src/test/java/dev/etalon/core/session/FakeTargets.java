package dev.etalon.core.session;

import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.run.RegisterServer;
import dev.etalon.core.run.RegisterServer.Defect;
import dev.etalon.core.target.Client;
import dev.etalon.core.target.Dialect;
import dev.etalon.core.target.RunningTarget;
import dev.etalon.core.target.Settings;
import dev.etalon.core.target.TargetInfo;
import dev.etalon.core.target.TargetProvider;
import dev.etalon.core.target.TargetUnavailableException;
import java.util.List;
import java.util.Set;

/** Targets in memory, one for each thing that can become of a cell. */
public final class FakeTargets {
    private FakeTargets() {}

    /** A server in memory with these defects. */
    private abstract static class InMemory implements TargetProvider {
        private final String name;
        private final Defect[] defects;

        InMemory(String name, Defect... defects) {
            this.name = name;
            this.defects = defects;
        }

        @Override
        public TargetInfo info() {
            return new TargetInfo(
                    name,
                    TargetInfo.Kind.EMBEDDED,
                    Protocol.HTTP,
                    "paper 1",
                    Dialect.RFC9110,
                    Set.of(Capability.PUT_IF_MATCH));
        }

        @Override
        public RunningTarget start(Options options) throws TargetUnavailableException {
            return new Running(new RegisterServer(defects));
        }
    }

    private static final class Running implements RunningTarget {
        private final Client client;
        private int asked;

        Running(Client client) {
            this.client = client;
        }

        @Override
        public List<Client> endpoints() {
            return List.of(client);
        }

        @Override
        public String url() {
            return "memory:";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public String log() {
            return "a line\n".repeat(++asked);
        }

        @Override
        public void close() {
            client.close();
        }
    }

    /** As it should be. */
    public static final class Faithful extends InMemory {
        public Faithful() {
            super("faithful");
        }
    }

    /** Loses updates, and nobody has written that down. */
    public static final class Forking extends InMemory {
        public Forking() {
            super("forking", Defect.CHECKS_THEN_ACTS);
        }
    }

    /** Loses updates, as is written down. */
    public static final class KnownToFork extends InMemory {
        public KnownToFork() {
            super("known-to-fork", Defect.CHECKS_THEN_ACTS);
        }
    }

    /** Tears every body. */
    public static final class Tearing extends InMemory {
        public Tearing() {
            super("tearing", Defect.TEARS_BODIES);
        }
    }

    /** Answers a true condition with an error. */
    public static final class Erring extends InMemory {
        public Erring() {
            super("erring", Defect.FAILS_ON_MATCH);
        }
    }

    /** Claims nothing. */
    public static final class Modest extends InMemory {
        public Modest() {
            super("modest");
        }

        @Override
        public TargetInfo info() {
            TargetInfo info = super.info();
            return new TargetInfo(info.name(), info.kind(), info.protocol(), info.product(), info.dialect(), Set.of());
        }
    }

    /** Needs what this machine has not. */
    public static final class Lacking extends InMemory {
        public Lacking() {
            super("lacking");
        }

        @Override
        public RunningTarget start(Options options) throws TargetUnavailableException {
            throw TargetUnavailableException.lacking("No engine here; install one.", null);
        }
    }

    /** Should have started. */
    public static final class Broken extends InMemory {
        public Broken() {
            super("broken");
        }

        @Override
        public RunningTarget start(Options options) throws TargetUnavailableException {
            throw TargetUnavailableException.broken("Port taken; free it.", null);
        }
    }

    /** Throws what no provider should. */
    public static final class Crashing extends InMemory {
        public Crashing() {
            super("crashing");
        }

        @Override
        public RunningTarget start(Options options) {
            throw new IllegalStateException("oops");
        }
    }

    /** Takes part only when it is configured. */
    public static final class Unnamed extends InMemory {
        public Unnamed() {
            super("unnamed");
        }

        @Override
        public boolean configured(Settings settings) {
            return settings.get("etalon.unnamed").isPresent();
        }
    }
}
