package dev.etalon.core.target;

import dev.etalon.core.plan.Alignment;
import dev.etalon.core.plan.NameForm;
import dev.etalon.core.plan.RequestShape;
import dev.etalon.core.plan.Versioning;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

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

    /** The shapes of requests that all its endpoints take. */
    default Set<RequestShape> shapes() {
        EnumSet<RequestShape> taken = EnumSet.allOf(RequestShape.class);
        endpoints().forEach(client -> taken.retainAll(client.shapes()));
        return taken;
    }

    /** The forms of names that all its endpoints take. */
    default Set<NameForm> names() {
        EnumSet<NameForm> taken = EnumSet.allOf(NameForm.class);
        endpoints().forEach(client -> taken.retainAll(client.names()));
        return taken;
    }

    /** Whether one of its endpoints changes what is there under a condition only. */
    default boolean demandsConditions() {
        return endpoints().stream().anyMatch(Client::demandsConditions);
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

    /**
     * Looks whether the server is still there, by a request that changes nothing; takes some seconds where nothing answers. For
     * when answers stop coming.
     */
    default Pulse pulse() {
        return Pulse.ANSWERS;
    }

    /**
     * Removes from a server that stays what its clients made there, a few things at a time: nothing that was there before.
     * Does nothing where the server goes with all it has, and where the user keeps it ({@code etalon.keep}). Not during a
     * race.
     *
     * @param last whether nothing more will be asked of it: then what was made for all of it goes, too, such as buckets
     * @param hurry asked all the while; once it says so, this ends within ten seconds
     * @return how much could not be removed and why, in one sentence; empty when that was not the last time, or nothing is left
     */
    default Optional<String> clean(boolean last, BooleanSupplier hurry) {
        return Optional.empty();
    }

    @Override
    void close();
}
