package dev.etalon.core.store;

import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation.Answer;
import dev.etalon.core.model.Operation.Request;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The versions that rows name, by number: 0 is absence, the others come in the order of the file. Once all rows are in,
 * it knows their depths, and makes once for each version what the operations upon it have in common. Not thread-safe.
 */
final class RowVersions {
    private final LongIndex ids = new LongIndex();

    /** By version: its parent plus one; 0 where no row writes it. */
    private int[] parents = new int[1024];

    /** By version: 0 until it is known. */
    private int[] depths = {};

    private @Nullable Version[] versions = {};
    private @Nullable Request[] replaces = {};
    private @Nullable Answer[] seen = {};

    RowVersions() {
        number(0);
    }

    /** The number of the version with an id. */
    int number(long id) {
        return ids.number(id);
    }

    /** A row writes a version; of several the first counts. */
    void written(int version, int parent) {
        if (version >= parents.length) {
            parents = Arrays.copyOf(parents, Math.max(2 * parents.length, version + 1));
        }
        if (parents[version] == 0) {
            parents[version] = parent + 1;
        }
    }

    /** All rows are in: what follows may be asked. */
    void complete() {
        int size = ids.size();
        parents = Arrays.copyOf(parents, size);
        depths = new int[size];
        versions = new Version[size];
        replaces = new Request[size];
        seen = new Answer[size];
    }

    Version version(int number) {
        Version version = versions[number];
        if (version == null) {
            version = HistoryRows.version(ids.key(number));
            versions[number] = version;
        }
        return version;
    }

    /** A PUT upon a version, of one of a depth: the same for all that race. */
    Request replace(int parent, int depth) {
        Request request = replaces[parent];
        if (request == null || request.depth() != depth) {
            request = RowsReader.request(Method.PUT, matching(Precondition.Kind.IF_MATCH, parent), depth);
            replaces[parent] = request;
        }
        return request;
    }

    /** A DELETE upon a version. */
    Request remove(int parent) {
        return RowsReader.request(Method.DELETE, matching(Precondition.Kind.IF_MATCH, parent), 0);
    }

    /** A GET of anything but a version. */
    Request readUnless(int held) {
        return RowsReader.request(Method.GET, matching(Precondition.Kind.IF_NONE_MATCH, held), 0);
    }

    private Precondition matching(Precondition.Kind kind, int version) {
        return new Precondition(kind, null, version(version));
    }

    /** A read that showed a version: the same for all that did. */
    Answer seen(int version) {
        Answer answer = seen[version];
        if (answer == null) {
            boolean written = parents[version] != 0;
            answer = RowsReader.answer(
                    200,
                    Outcome.APPLIED,
                    new Observation.Seen(
                            version(version),
                            written ? version(parents[version] - 1) : Version.ABSENT,
                            written ? depth(version) : 1));
            seen[version] = answer;
        }
        return answer;
    }

    /** Depth of a written version; a chain whose beginning is not in the file, or that bites its tail, begins at 1. */
    int depth(int version) {
        int v = version;
        int steps = 0;
        // A chain that comes back to where it has been says so by a depth that is not yet positive.
        for (; parents[v] != 0 && depths[v] == 0; v = parents[v] - 1) {
            depths[v] = -1;
            steps++;
        }
        int above = parents[v] == 0 ? 0 : Math.max(0, depths[v]);
        v = version;
        for (int left = steps; left > 0; left--) {
            depths[v] = above + left;
            v = parents[v] - 1;
        }
        return above + steps;
    }
}
