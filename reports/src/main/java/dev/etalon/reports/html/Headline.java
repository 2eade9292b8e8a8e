package dev.etalon.reports.html;

import dev.etalon.core.report.Archive;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What there is to say of a target first, in one sentence: which server, where, when, and the worst of what was found.
 *
 * @param server the target
 * @param sentence whole, without a full stop
 * @param tone as in {@link Mark}
 */
public record Headline(Server server, String sentence, String tone) {
    /** One for each target, the worst first. */
    static List<Headline> of(List<Server> servers, Map<String, Gravest> gravest) {
        return servers.stream()
                .sorted(Comparator.comparing((Server server) -> Optional.ofNullable(gravest.get(server.name()))
                                .map(one -> one.severity().ordinal())
                                .orElse(Integer.MAX_VALUE))
                        .thenComparing(server -> -server.broken().size()))
                .map(server -> of(server, Optional.ofNullable(gravest.get(server.name()))))
                .toList();
    }

    /** One for each target of an archive, the worst first. */
    public static List<Headline> of(Archive archive) {
        List<Server> servers = Server.of(archive);
        return of(servers, Gravest.of(servers, Map.of()));
    }

    private static Headline of(Server server, Optional<Gravest> worst) {
        int broken = server.broken().size();
        long asked = server.answers().map(each -> each.rules().rules().size()).orElse(0);
        long undecided = server.cells().stream()
                .filter(cell ->
                        !List.of("VALID", "KNOWN", "VIOLATION", "NOT_RUN").contains(cell.status()))
                .count();
        List<String> parts = new ArrayList<>();
        worst.ifPresent(
                one -> parts.add(one.code() + " " + one.title() + " " + one.rate() + " (" + one.scenario() + ")"));
        if (worst.isEmpty() && !server.races().isEmpty()) {
            parts.add(
                    undecided == 0
                            ? "nothing forbidden was seen in "
                                    + Figures.count(server.races().size(), "race")
                            : "nothing forbidden was seen, but " + undecided + " of "
                                    + Figures.count(server.cells().size(), "race") + " could not be decided");
        }
        if (asked > 0) {
            parts.add(broken + " of " + Figures.count(asked, "rule") + " broken");
        }
        String tone = worst.isPresent() || broken > 0 ? "bad" : undecided > 0 ? "unk" : "ok";
        String where = server.url().isEmpty() ? "" : " at " + Visible.of(server.url());
        return new Headline(
                server,
                server.product() + where + ": " + String.join("; ", parts)
                        + begun(server).map(day -> "; asked on " + day).orElse(""),
                tone);
    }

    /** The day of the last run, UTC. */
    private static Optional<String> begun(Server server) {
        return server.races().stream()
                .map(race -> race.begun().toString())
                .max(Comparator.naturalOrder())
                .or(() -> server.answers().map(each -> each.rules().run().begun()))
                .map(time -> time.substring(0, Math.min(10, time.length())));
    }
}
