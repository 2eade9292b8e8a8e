package dev.etalon.reports.html;

import dev.etalon.core.report.Archive;
import dev.etalon.core.report.Report;
import dev.etalon.core.report.StoredRace;
import dev.etalon.core.report.Trend;
import dev.etalon.core.store.StoredSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The site: a matrix of all targets, and a page for each target, each rule, each run. */
public final class HtmlReport implements Report {
    /** Folders that could not be read: more of them say nothing more. */
    private static final int UNREADABLE_MAX = 50;

    /** Found through ServiceLoader. */
    public HtmlReport() {}

    @Override
    public String name() {
        return "html";
    }

    @Override
    public Path write(Archive archive, Path folder) throws IOException {
        Site site = Site.in(folder);
        site.asset(HtmlReport.class, "matrix.js");
        List<Server> servers = Server.of(archive);
        Map<String, String> promises = promises(archive);
        Map<StoredRace, List<AnomalyPages.Proof>> proofs = new TreeMap<>(Comparator.comparing(StoredRace::id));
        Optional<AnomalyPages> pages = ServiceLoader.load(AnomalyPages.class, HtmlReport.class.getClassLoader())
                .findFirst();
        // Histories are judged again for that, which takes time: of a race that was run often only the newest.
        Map<String, List<StoredRace>> cells = archive.runs();
        Set<Path> newest = cells.values().stream()
                .map(runs -> runs.get(runs.size() - 1).folder())
                .collect(Collectors.toSet());
        for (StoredRace race : archive.races()) {
            boolean any = newest.contains(race.folder())
                    && race.verdict()
                            .filter(verdict -> !verdict.anomalies().isEmpty())
                            .isPresent();
            proofs.put(race, any && pages.isPresent() ? pages.get().write(site, race) : List.of());
        }
        List<Trend> trends = Trend.of(archive);
        index(site, archive, servers, promises, proofs, trends);
        site.write(
                new Page(Site.TRENDS, "What changed from run to run", List.of()),
                "trends",
                Map.of("trends", TrendView.of(archive, trends)));
        for (Server server : servers) {
            target(site, server, proofs);
        }
        for (RuleView rule : RuleView.of(servers)) {
            rule(site, rule);
        }
        for (StoredRace race : archive.races()) {
            run(site, race, cells.getOrDefault(race.cell(), List.of()), promises, proofs.getOrDefault(race, List.of()));
        }
        return folder.resolve(Site.INDEX);
    }

    private static Map<String, String> promises(Archive archive) {
        Map<String, String> promises = new TreeMap<>();
        for (StoredSession session : archive.sessions()) {
            session.cells().forEach(cell -> promises.put(cell.scenario(), cell.promise()));
        }
        return promises;
    }

    static void index(
            Site site,
            Archive archive,
            List<Server> servers,
            Map<String, String> promises,
            Map<StoredRace, List<AnomalyPages.Proof>> proofs,
            List<Trend> trends)
            throws IOException {
        List<Matrix> matrices = new ArrayList<>(Matrix.races(servers, promises));
        matrices.addAll(Matrix.rules(servers));
        Map<String, Gravest> gravest = Gravest.of(servers, proofs);
        site.write(
                new Page(Site.INDEX, "Which server keeps which promise", List.of(), List.of("matrix.js")),
                "index",
                Map.of(
                        "headlines",
                        Headline.of(servers, gravest),
                        "matrices",
                        matrices,
                        "gravest",
                        gravest,
                        "unreadable",
                        archive.unreadable().stream().limit(UNREADABLE_MAX).toList(),
                        "changes",
                        trends.stream()
                                .filter(trend -> trend.change() != Trend.Change.STEADY)
                                .count(),
                        "unreadableLeftOut",
                        Math.max(0, archive.unreadable().size() - UNREADABLE_MAX)));
    }

    private static void target(Site site, Server server, Map<StoredRace, List<AnomalyPages.Proof>> proofs)
            throws IOException {
        site.write(
                new Page(server.path(), server.name(), List.of()),
                "target",
                Map.of(
                        "server",
                        server,
                        "gravest",
                        Gravest.of(server, proofs),
                        "capabilities",
                        CapabilityTable.of(server),
                        "strategies",
                        StrategyRow.of(server.races()),
                        "latencies",
                        RunView.latencies(server.races())));
    }

    static void rule(Site site, RuleView rule) throws IOException {
        site.write(new Page(rule.path(), rule.id() + " " + rule.title(), List.of()), "rule", Map.of("rule", rule));
    }

    private static void run(
            Site site,
            StoredRace race,
            List<StoredRace> cell,
            Map<String, String> promises,
            List<AnomalyPages.Proof> proofs)
            throws IOException {
        List<StoredRace> others = new ArrayList<>(cell.stream()
                .filter(other -> !other.folder().equals(race.folder()))
                .toList());
        Collections.reverse(others);
        site.write(
                new Page(
                        Site.run(race),
                        race.scenario() + " on " + race.target(),
                        List.of(new Page.Crumb(Site.target(race.target()), race.target()))),
                "run",
                Map.of("run", RunView.of(race, promises.getOrDefault(race.scenario(), ""), proofs, others)));
    }
}
