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
 * @param assumed whether nobody said what it claims, so that it is taken for granted
 */
public record TargetInfo(
        String name,
        Kind kind,
        Protocol protocol,
        String product,
        Dialect dialect,
        Set<Capability> claims,
        boolean assumed) {
    public TargetInfo {
        claims = Set.copyOf(claims);
    }

    /** A target of whose claims it is known who made them: of a server of the user's they are assumed. */
    public TargetInfo(
            String name, Kind kind, Protocol protocol, String product, Dialect dialect, Set<Capability> claims) {
        this(name, kind, protocol, product, dialect, claims, kind == Kind.EXTERNAL);
    }

    /** Chooses the server of the user's, whatever its name. */
    private static final String EXTERNAL = "external";

    /** Whether it is meant where targets are chosen by their names. */
    public boolean isCalled(String chosen) {
        return chosen.equals(name) || (kind == Kind.EXTERNAL && chosen.equals(EXTERNAL));
    }

    /** The same under another name. */
    public TargetInfo named(String other) {
        return new TargetInfo(other, kind, protocol, product, dialect, claims, assumed);
    }

    /** The same, meant to offer just this. */
    public TargetInfo claiming(Set<Capability> said) {
        return new TargetInfo(name, kind, protocol, product, dialect, said, false);
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
