package dev.etalon.core.target;

import java.nio.file.Path;

/**
 * Starts one target. Found through {@link java.util.ServiceLoader}; needs a public constructor without parameters that
 * does nothing.
 */
public interface TargetProvider {
    /** What is known before a start. */
    TargetInfo info();

    /**
     * Starts the server, or reaches it, and makes it ready to take writes.
     *
     * @param options settings and a folder to work in
     * @throws TargetUnavailableException with one sentence that says why not and what to do
     */
    RunningTarget start(Options options) throws TargetUnavailableException;

    /** Whether it takes part at all; an external target does only when the user named one. */
    default boolean configured(Settings settings) {
        return true;
    }

    /** Itself, or the same as the user's settings name it: {@code etalon.name}. Asked before anything else. */
    default TargetProvider as(Settings settings) {
        return this;
    }

    /**
     * What a start may use.
     *
     * @param settings the user's settings, keys beginning with {@code etalon.}
     * @param work a folder of this target's own, for its data and its log
     */
    record Options(Settings settings, Path work) {}
}
