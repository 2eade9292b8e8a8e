package dev.etalon.reports.html;

import dev.etalon.core.store.StoredRules;
import java.util.List;
import java.util.Optional;

/**
 * What a server does with each condition on each operation.
 *
 * @param operations the columns
 * @param rows one for each condition
 */
public record CapabilityTable(List<String> operations, List<Row> rows) {
    /**
     * A condition.
     *
     * @param condition the header
     * @param cells one for each operation; empty where it makes no sense
     */
    public record Row(String condition, List<Optional<StoredRules.Capability>> cells) {}

    static CapabilityTable of(Server server) {
        List<StoredRules.Capability> all =
                server.answers().map(asked -> asked.rules().capabilities()).orElse(List.of());
        List<String> operations =
                all.stream().map(StoredRules.Capability::operation).distinct().toList();
        return new CapabilityTable(
                operations,
                all.stream()
                        .map(StoredRules.Capability::condition)
                        .distinct()
                        .map(condition -> new Row(
                                condition,
                                operations.stream()
                                        .map(operation -> all.stream()
                                                .filter(each -> each.operation().equals(operation)
                                                        && each.condition().equals(condition))
                                                .findFirst())
                                        .toList()))
                        .toList());
    }

    /** How one of them counts. */
    public static Mark mark(StoredRules.Capability capability) {
        return Mark.ofCapability(capability);
    }
}
