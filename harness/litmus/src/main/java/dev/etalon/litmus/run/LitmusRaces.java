package dev.etalon.litmus.run;

import dev.etalon.core.model.Method;
import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.plan.Scenario;
import dev.etalon.core.target.Settings;
import dev.etalon.litmus.Grades;
import dev.etalon.litmus.Needs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * The litmus tests on the class path as scenarios, and the virtual machine in which all of them race. Not thread-safe.
 *
 * <p>jcstress's own executor starts a virtual machine for each test, and before that some thirty more to learn which options
 * they take, which matters to compilers. Here it would only cost a second for each test: so one machine runs the classes
 * that jcstress generates, one after the other, and jcstress grades what they show and reports it.
 */
public final class LitmusRaces implements AutoCloseable {
    private static final Set<Method> PLAIN = EnumSet.of(Method.GET, Method.PUT, Method.DELETE);

    private final Settings settings;
    private @Nullable Fork fork;

    /**
     * Makes races.
     *
     * @param settings the user's: how servers are talked to
     */
    public LitmusRaces(Settings settings) {
        this.settings = settings;
    }

    /**
     * A scenario for each test and each protocol that it can be raced over, sorted by name.
     *
     * @throws IllegalArgumentException when a test takes what nobody can tell for forbidden
     */
    public List<Scenario> scenarios() {
        List<Scenario> scenarios = new ArrayList<>();
        for (String name : new TreeSet<>(TestList.tests())) {
            TestInfo test = TestList.getInfo(name);
            Needs needs = type(test).getAnnotation(Needs.class);
            JCStressMeta meta = type(test).getAnnotation(JCStressMeta.class);
            if (meta == null || meta.value() != Grades.class) {
                throw new IllegalArgumentException("a litmus test needs @JCStressMeta(Grades.class), or what nobody can"
                        + " tell would be forbidden: class=" + test.binaryName());
            }
            for (Protocol protocol : Protocol.values()) {
                if (needs == null || spoken(needs, protocol)) {
                    scenarios.add(new LitmusRace(this, test, protocol, needs));
                }
            }
        }
        return scenarios;
    }

    private static boolean spoken(Needs needs, Protocol protocol) {
        return List.of(needs.protocol()).contains(protocol)
                && (protocol == Protocol.S3
                        || List.of(needs.value()).stream()
                                .map(Capability::method)
                                .allMatch(PLAIN::contains));
    }

    private static Class<?> type(TestInfo test) {
        try {
            return Class.forName(test.binaryName());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "META-INF/TestList names a class that is not there; build the module anew: class="
                            + test.binaryName(),
                    e);
        }
    }

    Settings settings() {
        return settings;
    }

    /** The virtual machine to race in: the one that raced before, unless it ended. */
    Fork fork() throws IOException {
        Fork running = fork;
        if (running == null || !running.alive()) {
            running = Fork.start();
            fork = running;
        }
        return running;
    }

    /** Ends the virtual machine. */
    @Override
    public void close() {
        if (fork != null) {
            fork.close();
        }
    }
}
