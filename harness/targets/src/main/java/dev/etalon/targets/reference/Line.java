package dev.etalon.targets.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one resource. Immutable: a change makes another.
 *
 * @param versions the oldest first; without versioning at most one
 * @param changes how often it was changed so far
 */
public record Line(List<Stored> versions, long changes) {
    /** What never existed. */
    public static final Line EMPTY = new Line(List.of(), 0);

    public Line {
        versions = List.copyOf(versions);
    }

    /** The newest version, which may be a delete marker; null when there is none at all. */
    public @Nullable Stored newest() {
        return versions.isEmpty() ? null : versions.get(versions.size() - 1);
    }

    /** The current representation; null when there is none, for whatever reason. */
    public @Nullable Stored current() {
        Stored newest = newest();
        return newest == null || newest.marker() ? null : newest;
    }

    /** The version of an id. */
    public Optional<Stored> version(String id) {
        return versions.stream().filter(stored -> stored.id().equals(id)).findFirst();
    }

    /** With a version added, in the place of the one that has its id. */
    public Line with(Stored next) {
        List<Stored> list = new ArrayList<>(without(next.id()).versions);
        list.add(next);
        return new Line(list, changes + 1);
    }

    /** With a version gone for good. */
    public Line without(String id) {
        return new Line(
                versions.stream().filter(stored -> !stored.id().equals(id)).toList(), changes + 1);
    }
}
