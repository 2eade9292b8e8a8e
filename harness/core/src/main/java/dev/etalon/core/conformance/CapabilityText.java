package dev.etalon.core.conformance;

import dev.etalon.core.conformance.Discovery.Discrepancy;
import dev.etalon.core.conformance.Discovery.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which conditions a server heeds on which operations, as plain text. */
public final class CapabilityText {
    /** Written for what was not asked: where the answer is the same with and without the condition. */
    private static final String NOT_ASKED = "";

    private CapabilityText() {}

    /** One row for each condition, one column for each operation, and below what a word in a cell does not say. */
    public static String table(List<Discovery> discoveries) {
        Set<String> operations = new LinkedHashSet<>();
        Set<String> conditions = new LinkedHashSet<>();
        for (Discovery discovery : discoveries) {
            operations.add(discovery.probe().operation());
            conditions.add(discovery.probe().condition());
        }
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(""));
        head.addAll(operations);
        rows.add(head);
        for (String condition : inOrder(conditions)) {
            List<String> row = new ArrayList<>(List.of(condition));
            for (String operation : operations) {
                row.add(find(discoveries, operation, condition)
                        .map(Discovery::cell)
                        .orElse(NOT_ASKED));
            }
            rows.add(row);
        }
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(padded(row, rows)).append('\n'));
        notes(discoveries).forEach(note -> text.append("  ").append(note).append('\n'));
        return text.toString();
    }

    /** What the cells do not say, in one line where it is the same for several conditions on an operation. */
    private static List<String> notes(List<Discovery> discoveries) {
        Map<List<String>, List<String>> conditions = new LinkedHashMap<>();
        discoveries.stream()
                .filter(discovery -> discovery.state() != State.HONOURED && discovery.state() != State.IGNORED)
                .forEach(discovery -> conditions
                        .computeIfAbsent(
                                List.of(
                                        discovery.state().word(),
                                        discovery.probe().operation(),
                                        discovery.sentence()),
                                note -> new ArrayList<>())
                        .add(discovery.probe().condition()));
        List<String> notes = new ArrayList<>();
        conditions.forEach((note, all) -> notes.add(String.format(
                Locale.ROOT, "%-9s %s with %s: %s", note.get(0), note.get(1), String.join(", ", all), note.get(2))));
        return notes;
    }

    /** A header's wildcard comes below the header. */
    private static List<String> inOrder(Set<String> conditions) {
        List<String> headers =
                conditions.stream().map(CapabilityText::header).distinct().toList();
        return conditions.stream()
                .sorted(Comparator.comparing((String condition) -> headers.indexOf(header(condition)))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static String header(String condition) {
        return condition.split(":", 2)[0];
    }

    /**
     * What a target claims and does not do, or does and does not claim, one line each.
     *
     * @param assumed whether nobody claimed anything, and the claims are what we take for granted
     */
    public static String discrepancies(List<Discrepancy> discrepancies, boolean assumed) {
        StringBuilder text = new StringBuilder();
        for (Discrepancy discrepancy : discrepancies) {
            Discovery discovery = discrepancy.discovery();
            String name = discovery.probe().name();
            if (discrepancy.claimed()) {
                text.append(assumed ? "assumed and not so: " : "claimed and not kept: ")
                        .append(name)
                        .append(" is ")
                        .append(
                                discovery.state() == State.NOT_OFFERED
                                        ? "not offered"
                                        : discovery.state().word())
                        .append(" (")
                        .append(discovery.sentence())
                        .append(")\n");
            } else {
                text.append("there and not claimed: ").append(name).append(" is honoured\n");
            }
        }
        return text.toString();
    }

    private static Optional<Discovery> find(List<Discovery> discoveries, String operation, String condition) {
        return discoveries.stream()
                .filter(discovery -> discovery.probe().operation().equals(operation)
                        && discovery.probe().condition().equals(condition))
                .findFirst();
    }

    private static String padded(List<String> row, List<List<String>> all) {
        StringBuilder text = new StringBuilder("  ");
        for (int i = 0; i < row.size(); i++) {
            int column = i;
            int width = all.stream()
                    .mapToInt(other -> other.get(column).length())
                    .max()
                    .orElse(0);
            String cell = row.get(i);
            text.append(cell).append(" ".repeat(width - cell.length() + 2));
        }
        return text.toString().stripTrailing();
    }
}
