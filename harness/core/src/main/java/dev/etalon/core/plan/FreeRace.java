package dev.etalon.core.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Clients that do whatever comes to them, unaligned: what the aligned races do not think of. The same over every protocol;
 * a scenario module names those it offers, one class each.
 */
public abstract class FreeRace extends ProtocolRace {
    private static final int CLIENTS = 8;

    /** Half as many keys as clients, so that at most instants somebody has company. */
    private static final int KEYS = 4;

    /** About two hundred requests on each key before it is left: its search takes milliseconds. */
    private static final int STEPS_PER_GENERATION = 100;

    /** A run of default length is 8 x 200 operations; 15,625 increments make it a million. */
    private static final int OPERATIONS_PER_INCREMENT = 8;

    /** Several packets, so that a body can be torn. */
    private static final int BODY_BYTES = 4 * 1024;

    private static final int SECONDS_MIN = 60;

    /** A server that is slower than that by an order of magnitude is not raced any longer. */
    private static final int OPERATIONS_PER_SECOND_MIN = 50;

    private final Form form;

    protected FreeRace(Protocol protocol, Form form) {
        super(protocol, form.id, form.promise, form.capabilities(), List.of());
        this.form = form;
    }

    /** What the clients do. */
    public enum Form {
        /** Class A of {@link Mix}. */
        FREE_RUN(
                "free-run",
                "of clients that read, create and write with validators, nobody is ever told what cannot be",
                Mix.A),
        /** Class B. */
        FREE_RUN_DELETES(
                "free-run-deletes",
                "of clients that also delete with validators and create again, nobody is ever told what cannot be",
                Mix.B),
        /** Class C. */
        FREE_RUN_ANY(
                "free-run-any",
                "of clients that also write and delete without conditions, nobody is ever told what cannot be",
                Mix.C);

        private final String id;
        private final String promise;
        private final Mix mix;

        Form(String id, String promise, Mix mix) {
            this.id = id;
            this.promise = promise;
            this.mix = mix;
        }

        private List<Capability> capabilities() {
            List<Capability> capabilities =
                    new ArrayList<>(List.of(Capability.PUT_IF_MATCH, Capability.PUT_IF_NONE_MATCH));
            if (mix.contains(Mix.Step.DELETE)) {
                capabilities.add(Capability.DELETE_IF_MATCH);
            }
            return capabilities;
        }
    }

    @Override
    public final Workload workload(long seed, Budget budget) {
        int operations = budget.increments() * OPERATIONS_PER_INCREMENT;
        return new Workload.FreeRun(
                KEYS,
                CLIENTS,
                operations,
                STEPS_PER_GENERATION,
                SECONDS_MIN + CLIENTS * operations / OPERATIONS_PER_SECOND_MIN,
                BODY_BYTES,
                form.mix);
    }
}
