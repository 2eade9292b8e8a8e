package dev.etalon.core.target;

import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Protocol;
import java.util.Set;

/**
 * What is known of a target before it is started.
 *
 * @param name stable, lower case, unique: names it on the command line, in files and in tables
 * @param kind where it runs
 * @param protocol what it speaks
 * @param product the server's name and version, for people
 * @param dialect the statuses it answers with
 * @param claims the capabilities it claims; each claim is verified by the guard
 */
public record TargetInfo(
        String name, Kind kind, Protocol protocol, String product, Dialect dialect, Set<Capability> claims) {
    public TargetInfo {
        claims = Set.copyOf(claims);
    }

    /** Chooses the server of the user's, whatever its name. */
    private static final String EXTERNAL = "external";

    /** Whether it is meant where targets are chosen by their names. */
    public boolean isCalled(String chosen) {
        return chosen.equals(name) || (kind == Kind.EXTERNAL && chosen.equals(EXTERNAL));
    }

    /** The same under another name. */
    public TargetInfo named(String other) {
        return new TargetInfo(other, kind, protocol, product, dialect, claims);
    }

    /** Where a target runs. */
    public enum Kind {
        /** In this virtual machine. */
        EMBEDDED,
        /** In a container of ours. */
        CONTAINER,
        /** Wherever the user says. */
        EXTERNAL
    }
}
