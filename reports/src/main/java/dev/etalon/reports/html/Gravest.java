package dev.etalon.reports.html;

import dev.etalon.core.model.Anomaly;
import dev.etalon.core.report.StoredRace;
import dev.etalon.core.store.StoredVerdict;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The anomaly of a target that should be read first: the gravest, and of these the most frequent.
 *
 * @param severity of the anomaly, S1 for the worst
 * @param code of the anomaly
 * @param title of the anomaly
 * @param rate how often, in words
 * @param scenario where
 * @param href its proof, or else its run
 */
public record Gravest(Anomaly.Severity severity, String code, String title, String rate, String scenario, String href) {
    private record Candidate(StoredRace race, StoredVerdict verdict, String code, StoredVerdict.Count count) {}

    /** By the name of the target; of those without anomalies there is none. */
    static Map<String, Gravest> of(List<Server> servers, Map<StoredRace, List<AnomalyPages.Proof>> proofs) {
        Map<String, Gravest> gravest = new TreeMap<>();
        servers.forEach(server -> of(server, proofs).ifPresent(worst -> gravest.put(server.name(), worst)));
        return gravest;
    }

    static Optional<Gravest> of(Server server, Map<StoredRace, List<AnomalyPages.Proof>> proofs) {
        return server.races().stream()
                .flatMap(race -> race.verdict().stream().flatMap(verdict -> candidates(race, verdict)))
                .min(Comparator.comparing((Candidate one) -> one.count().severity())
                        .thenComparing(
                                Comparator.comparingDouble(Gravest::share).reversed())
                        .thenComparing(one -> one.race().id()))
                .map(one -> new Gravest(
                        one.count().severity(),
                        one.code(),
                        one.count().title(),
                        rate(one),
                        one.race().scenario(),
                        proofs.getOrDefault(one.race(), List.of()).stream()
                                .filter(proof -> proof.code().equals(one.code()))
                                .findFirst()
                                .map(AnomalyPages.Proof::path)
                                .orElse(Site.run(one.race()))));
    }

    /** In which share of what was raced it was seen. */
    private static double share(Candidate one) {
        int raced = one.verdict().rounds().raced();
        return (double) (inRounds(one) ? one.count().rounds() : one.count().count()) / Math.max(1, raced);
    }

    /** Whether what was raced was rounds, so that it can be said of how many. */
    private static boolean inRounds(Candidate one) {
        return one.count().rounds() > 0 && one.race().plan().workload().repeated();
    }

    private static String rate(Candidate one) {
        if (one.verdict().rounds().raced() == 0) {
            return "before anything was raced";
        }
        String of = Figures.count(one.verdict().rounds().raced()) + " "
                + one.race().plan().workload().unit();
        return inRounds(one)
                ? "in " + Figures.count(one.count().rounds()) + " of " + of
                : "×" + Figures.count(one.count().count()) + " in " + of;
    }

    private static Stream<Candidate> candidates(StoredRace race, StoredVerdict verdict) {
        return verdict.anomalies().entrySet().stream()
                .map(entry -> new Candidate(race, verdict, entry.getKey(), entry.getValue()));
    }
}
