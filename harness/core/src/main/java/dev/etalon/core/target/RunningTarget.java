package dev.etalon.core.target;

import dev.etalon.core.plan.Alignment;
import dev.etalon.core.plan.Versioning;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A server that takes requests. Closing it stops what its provider started, and nothing else. */
public interface RunningTarget extends AutoCloseable {
    /** Clients for its endpoints, at least one; owned and closed by the target. */
    List<Client> endpoints();

    /** Sends requests of any shape to the first endpoint, for sequential rules; empty when the target cannot. */
    default Optional<RawClient> raw() {
        return Optional.empty();
    }

    /**
     * For each endpoint the settings by which another process reaches it as a server of the user's, {@code etalon.url} among
     * them, credentials too; empty when it cannot be reached from outside.
     */
    default List<Map<String, String>> addresses() {
        return List.of();
    }

    /** The strategies that work on it: what all its clients offer, and several endpoints where there are several. */
    default Set<Alignment> alignments() {
        EnumSet<Alignment.Need> met = EnumSet.allOf(Alignment.Need.class);
        endpoints().forEach(client -> met.retainAll(client.offers()));
        met.remove(Alignment.Need.ENDPOINTS);
        if (endpoints().size() > 1) {
            met.add(Alignment.Need.ENDPOINTS);
        }
        return Alignment.where(met);
    }

    /** The kinds of buckets it takes requests for, at least one; keys are spread over them. */
    default List<Versioning> versioning() {
        return List.of(Versioning.OFF);
    }

    /** Its base URL, for people. */
    String url();

    /** The version that actually answered, or the one that was started. */
    String version();

    /** What the server has logged since it was started; empty when its log cannot be had. */
    String log();

    @Override
    void close();
}
