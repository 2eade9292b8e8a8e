package dev.etalon.core.check;

import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Lives out random histories of a faithful register. Every operation takes effect at one instant inside its interval; a
 * write without an answer takes effect at once, later, or never. Whatever a checker says against such a history is a
 * false alarm.
 */
final class Register {
    private static final int CLIENTS_MAX = 4;
    private static final int OPERATIONS_MAX = 14;

    private final SplittableRandom random;
    private final Story story = new Story();
    private final List<Operation> known = new ArrayList<>();
    private final List<Operation> late = new ArrayList<>();
    private @Nullable Operation current;
    private long now = 2;

    private Register(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** One history. */
    static Story live(long seed) {
        Register register = new Register(seed);
        register.live();
        return register.story;
    }

    private void live() {
        if (random.nextBoolean()) {
            current = story.lay(0, 1);
            known.add(current);
        }
        int clients = 2 + random.nextInt(CLIENTS_MAX - 1);
        long[] idleSince = new long[clients + 1];
        int operations = 4 + random.nextInt(OPERATIONS_MAX - 3);
        for (int i = 0; i < operations; i++) {
            now += random.nextInt(3);
            applyLate();
            int client = 1 + random.nextInt(clients);
            now = Math.max(now, idleSince[client]);
            long start = Math.max(idleSince[client], now - random.nextInt(6));
            long end = now + random.nextInt(6);
            idleSince[client] = end;
            act(client, start, end);
        }
    }

    private void act(int client, long start, long end) {
        List<Operation> held =
                known.stream().filter(op -> op.endNs() <= start * 1_000_000).toList();
        boolean silent = random.nextInt(6) == 0;
        int choice = random.nextInt(5);
        if (choice == 0) {
            write(client, null, silent, start, end);
        } else if (choice <= 2 && !held.isEmpty()) {
            int newest = held.size() - 1;
            Operation shown = held.get(random.nextBoolean() ? newest : random.nextInt(held.size()));
            write(client, written(shown), silent, start, end);
        } else if (silent) {
            story.silent(client, start, end);
        } else if (current == null) {
            story.absent(client, start, end);
        } else {
            known.add(story.get(client, current, start, end));
        }
    }

    /** The write whose version an operation showed. */
    private Operation written(Operation shown) {
        return shown.write()
                ? shown
                : story.operations().stream()
                        .filter(op ->
                                op.write() && op.version().equals(shown.seen().orElseThrow()))
                        .findFirst()
                        .orElseThrow();
    }

    private void write(int client, @Nullable Operation parent, boolean silent, long start, long end) {
        boolean holds = parent == current;
        if (!silent) {
            Operation op = holds
                    ? (parent == null ? story.create(client, start, end) : story.put(client, parent, start, end))
                    : (parent == null
                            ? story.createRefused(client, start, end)
                            : story.refused(client, parent, start, end));
            if (holds) {
                current = op;
                known.add(op);
            }
            return;
        }
        Precondition precondition = parent == null
                ? Precondition.CREATE
                : Precondition.ifMatch(Story.tagOf(parent.version()), parent.version());
        Operation op = story.write(client, precondition, Outcome.unknown(Outcome.Cause.TIMEOUT), 0, start, end);
        switch (random.nextInt(3)) {
            case 0 -> current = holds ? op : current;
            case 1 -> late.add(op);
            default -> {} // lost on its way
        }
    }

    private void applyLate() {
        if (!late.isEmpty() && random.nextInt(3) == 0) {
            Operation op = late.remove(random.nextInt(late.size()));
            boolean absent = op.invocation().precondition().kind() == Precondition.Kind.IF_NONE_MATCH_ANY;
            if (absent ? current == null : current != null && current.version().equals(op.parent())) {
                current = op;
            }
        }
    }
}
