package dev.etalon.core.run;

import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for entity tags that can be raced with. Some servers mark a tag as weak while what it stands for is new (RFC 9110
 * §8.8.1; Apache httpd by default, for a second), and some tell no two changes of one second apart. Neither is a reason not to
 * race them. Stateless and thread-safe.
 */
final class TagAge {
    /** After that long a tag that is made of seconds is another one, and one that was weak for being new is strong. */
    static final Duration SECOND = Duration.ofMillis(1_100);

    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long WEAK_MAX_NS = TimeUnit.SECONDS.toNanos(3);

    private TagAge() {}

    /** Whether a read gave a whole body and a weak tag, which age may make strong. */
    static boolean weak(Operation read) {
        return read.observation() instanceof Observation.Seen
                && read.tag().filter(EntityTag::weak).isPresent();
    }

    /** Reads a key, and again while its tag is weak; the last read, whose tag is still weak after some seconds. */
    static Operation readStrong(Actor actor, int round, int key, Stop stop) throws IOException {
        long until = System.nanoTime() + WEAK_MAX_NS;
        Operation read = actor.read(round, key);
        while (weak(read) && !stop.requested() && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(LOOK_AGAIN_NS);
            read = actor.read(round, key);
        }
        return read;
    }

    /** Lets what was written grow older; less when a stop is asked for. */
    static void rest(Stop stop) {
        long until = System.nanoTime() + SECOND.toNanos();
        for (long left = SECOND.toNanos(); left > 0 && !stop.requested(); left = until - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, LOOK_AGAIN_NS));
        }
    }
}
