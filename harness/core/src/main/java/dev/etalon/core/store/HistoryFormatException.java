package dev.etalon.core.store;

import java.io.IOException;

/**
 * A history that cannot be read: not there, not a history, cut, corrupt, of an unknown version, or larger than the heap.
 * The message is one sentence for the user: what is wrong, the file, the line or byte it is wrong at, what to do.
 */
public final class HistoryFormatException extends IOException {
    private static final long serialVersionUID = 1;

    public HistoryFormatException(String message) {
        super(message);
    }

    public HistoryFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
