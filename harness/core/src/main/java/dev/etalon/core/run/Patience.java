package dev.etalon.core.run;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What one client of a closed loop has with a server whose answers leave its outcomes unknown.
 *
 * <p>A server that is busy may give ten such answers within ten milliseconds and the next good one right after: a file
 * server whose writer was descheduled between two steps answers 403 or 500 until it goes on. So the client waits, longer
 * each time, and gives up only when {@value #UNKNOWN_IN_A_ROW_MAX} in a row have spanned more than a second. Not
 * thread-safe.
 */
final class Patience {
    private static final int UNKNOWN_IN_A_ROW_MAX = 10;

    /** Single lost answers are part of a run, and waiting after them would thin the race out. */
    private static final int UNPAUSED = 2;

    /** After so many it is looked whether the server is still there. */
    private static final int SUSPICIOUS = 3;

    private static final long FIRST_PAUSE_MS = 10;

    private final Stop stop;
    private int unknownInARow;

    Patience(Stop stop) {
        this.stop = stop;
    }

    /** Counts an answer, waits when it is one of several unknown ones, and ends the run when they are too many. */
    void after(boolean unknown) {
        unknownInARow = unknown ? unknownInARow + 1 : 0;
        if (unknownInARow == SUSPICIOUS) {
            stop.suspect();
        }
        if (unknownInARow == UNKNOWN_IN_A_ROW_MAX) {
            stop.request("the server no longer gives usable answers (" + UNKNOWN_IN_A_ROW_MAX
                    + " in a row to one client); start it again and repeat the run");
        } else if (unknownInARow > UNPAUSED) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(FIRST_PAUSE_MS << (unknownInARow - UNPAUSED - 1)));
        }
    }
}
