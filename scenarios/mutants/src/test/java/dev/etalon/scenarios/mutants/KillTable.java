package dev.etalon.scenarios.mutants;

import dev.etalon.targets.mutant.Mutant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was seen first of every mutant, as a table, in the order of {@link Mutant#all()}. Thread-safe. */
final class KillTable {
    private final int seeds;
    /** By name. */
    private final Map<String, List<Optional<Sighting>>> hunts = new HashMap<>();

    KillTable(int seeds) {
        this.seeds = seeds;
    }

    synchronized void add(Mutant mutant, Optional<Sighting> seen) {
        hunts.computeIfAbsent(mutant.name(), same -> new ArrayList<>()).add(seen);
    }

    /** The table in Markdown. */
    synchronized String text() {
        StringBuilder text = new StringBuilder(
                "| mutant | what it does | rebuilds | named first | where | rounds, median (most) | seconds, median (most) | caught |\n"
                        + "|---|---|---|---|---|---|---|---|\n");
        Mutant.all().stream()
                .filter(mutant -> hunts.containsKey(mutant.name()))
                .forEach(mutant -> text.append(row(mutant, hunts.get(mutant.name()))));
        return text.toString();
    }

    private String row(Mutant mutant, List<Optional<Sighting>> seen) {
        List<Sighting> kills = seen.stream().flatMap(Optional::stream).toList();
        List<Integer> rounds = kills.stream().map(Sighting::rounds).sorted().toList();
        List<Double> seconds = kills.stream().map(Sighting::seconds).sorted().toList();
        return "| " + mutant.name() + " | " + mutant.defect().value() + " | "
                + mutant.defect().like() + " | "
                + words(kills.stream().map(Sighting::by).toList()) + " | "
                + words(kills.stream().map(Sighting::where).toList()) + " | "
                + (kills.isEmpty() ? "" : middle(rounds) + " (" + rounds.get(rounds.size() - 1) + ")") + " | "
                + (kills.isEmpty()
                        ? ""
                        : String.format(Locale.ROOT, "%.2f (%.2f)", middle(seconds), seconds.get(seconds.size() - 1)))
                + " | "
                + kills.stream()
                        .filter(kill -> mutant.names().contains(kill.by()))
                        .count()
                + " of " + seeds + " |\n";
    }

    private static <T> T middle(List<T> sorted) {
        return sorted.get(sorted.size() / 2);
    }

    private static String words(List<String> words) {
        Map<String, Integer> counts = new TreeMap<>();
        words.forEach(word -> counts.merge(word, 1, Integer::sum));
        return counts.entrySet().stream()
                .map(entry -> counts.size() == 1 ? entry.getKey() : entry.getKey() + " ×" + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
