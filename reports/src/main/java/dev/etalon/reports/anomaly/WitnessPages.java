package dev.etalon.reports.anomaly;

import dev.etalon.core.check.LaneText;
import dev.etalon.core.check.Lanes;
import dev.etalon.core.check.OtherCause;
import dev.etalon.core.check.WitnessText;
import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.plan.Plan;
import dev.etalon.core.plan.RoundPlan;
import dev.etalon.core.plan.Workload;
import dev.etalon.core.report.AnomalyGuide;
import dev.etalon.core.report.Rate;
import dev.etalon.core.report.StoredRace;
import dev.etalon.core.session.KnownFindings;
import dev.etalon.core.store.HistoryFormatException;
import dev.etalon.reports.html.AnomalyPages;
import dev.etalon.reports.html.Page;
import dev.etalon.reports.html.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a page for each of the first anomalies of a run. Stateless. */
public final class WitnessPages implements AnomalyPages {
    /** Scenario, two folders; target; run. */
    private static final int FOLDERS_BELOW_RUNS = 4;

    /** Where runs go unless they are told to go elsewhere. */
    private static final String RUNS = "target/etalon/";

    private static final int NAME_PIXELS = 8;
    private static final int GUTTER_MIN = 48;
    private static final int GUTTER_MAX = 160;

    @Override
    public List<Proof> write(Site site, StoredRace race) throws IOException {
        StoredRace.Judged judged;
        try {
            judged = race.judge();
        } catch (HistoryFormatException e) {
            return List.of();
        } catch (RuntimeException e) {
            // A damaged file may decode into what no run could have recorded.
            return List.of();
        }
        for (String asset : List.of("anomaly.css", "anomaly.js")) {
            site.asset(WitnessPages.class, asset);
        }
        List<Finding> findings = judged.verdict().findings();
        List<Proof> proofs = new ArrayList<>();
        for (int i = 0; i < Math.min(findings.size(), Site.ANOMALIES_MAX); i++) {
            proofs.add(page(site, race, judged, i));
        }
        return proofs;
    }

    private static Proof page(Site site, StoredRace race, StoredRace.Judged judged, int index) throws IOException {
        List<Finding> findings = judged.verdict().findings();
        Finding finding = findings.get(index);
        Anomaly anomaly = finding.anomaly();
        Page page = new Page(
                Site.anomaly(race, index + 1),
                anomaly.label() + ", " + (index + 1) + " of " + findings.size(),
                List.of(
                        new Page.Crumb(Site.target(race.target()), race.target()),
                        new Page.Crumb(Site.run(race), race.scenario())),
                List.of("anomaly.css", "anomaly.js"));
        View view = view(race, judged, index);
        site.write(page, "anomaly/page", Map.of("view", view));
        return new Proof(page.path(), anomaly.code(), anomaly.title(), view.where(), view.explanation());
    }

    private static View view(StoredRace race, StoredRace.Judged judged, int index) {
        List<Finding> findings = judged.verdict().findings();
        Finding finding = findings.get(index);
        History history = judged.history();
        History.Origin origin = history.origin();
        Lanes lanes = Lanes.of(finding, history);
        Address address = Address.of(race);
        AnomalyGuide guide = AnomalyGuide.of(finding.anomaly());
        KnownFindings known = KnownFindings.of(race.target(), WitnessPages.class.getClassLoader());
        int pages = Math.min(findings.size(), Site.ANOMALIES_MAX);
        return new View(
                guide.explanation(),
                WitnessText.explanation(finding),
                WitnessText.where(finding, judged.plan()) + ", key " + lanes.key(),
                words(finding, judged.plan()),
                OtherCause.of(finding),
                severity(finding.anomaly()),
                Site.run(race),
                race.target(),
                race.scenario(),
                lanes.key(),
                Drawing.of(lanes),
                Math.min(
                        GUTTER_MAX,
                        GUTTER_MIN
                                + NAME_PIXELS
                                        * lanes.lanes().stream()
                                                .mapToInt(lane -> lane.name().length())
                                                .max()
                                                .orElse(0)),
                spoken(lanes),
                LaneText.duration(lanes.scale().fromNs() - origin.startNs()),
                lanes.notices(),
                rebuilt(lanes.witness(), lanes, origin, address),
                rebuilt(lanes.bars().stream().filter(bar -> !bar.witness()).toList(), lanes, origin, address),
                rate(finding.anomaly(), race, judged),
                findings.size() > pages
                        ? "The first " + pages + " of " + findings.size() + " anomalies of this run have a page; all of"
                                + " them are counted, and etalon judge prints them."
                        : "",
                index > 0 ? Site.anomaly(race, index) : "",
                index + 1 < pages ? Site.anomaly(race, index + 2) : "",
                race.repeat().isEmpty() ? "(the command was not stored)" : race.repeat(),
                "java -jar harness/cli/target/etalon.jar judge " + RUNS + folder(race),
                CurlScript.of(finding, lanes, address, judged.plan().shape(finding.round())),
                guide.sources(),
                known.where().orElse(""),
                guide.field(),
                WitnessText.of(finding, judged.plan(), history) + "\n" + LaneText.of(lanes, origin));
    }

    private static List<Rebuilt> rebuilt(List<Lanes.Bar> bars, Lanes lanes, History.Origin origin, Address address) {
        return bars.stream().map(bar -> Rebuilt.of(bar, lanes, origin, address)).toList();
    }

    /** What a reader of this page alone cannot know. */
    private static List<View.Word> words(Finding finding, Plan plan) {
        List<View.Word> words = new ArrayList<>();
        finding.witness().stream()
                .flatMap(op -> Stream.concat(op.write() ? Stream.of(op.version()) : Stream.empty(), op.seen().stream()))
                .filter(version -> version.sequence() > 0)
                .findFirst()
                .ifPresent(version -> words.add(new View.Word(
                        version.toString(),
                        "the body that client w" + version.writer() + " sent with its write number "
                                + version.sequence()
                                + "; bodies carry such names, so that a read tells whose it is.")));
        int round = finding.round();
        if (round < 0) {
            words.add(new View.Word("guard", "asked by one client alone, before anything was raced."));
        } else if (plan.workload() instanceof Workload.Rounds rounds
                && round < rounds.rounds().size()) {
            RoundPlan planned = rounds.rounds().get(round);
            words.add(new View.Word(
                    planned.alignment().label() + "/" + planned.racers().size(),
                    planned.racers().size() + " racers; " + planned.alignment().meaning() + "."));
        }
        return words;
    }

    private static String severity(Anomaly anomaly) {
        return switch (anomaly.severity()) {
            case S1 -> "severity S1 of 3: data loss or corruption";
            case S2 -> "severity S2 of 3: consistency broken, no loss proven";
            case S3 -> "severity S3 of 3: protocol or liveness defect";
            case INTERESTING -> "allowed, but clients must cope with it";
        };
    }

    private static String spoken(Lanes lanes) {
        return lanes.lanes().size() + " clients, " + lanes.bars().size() + " requests. In the order of the proof: "
                + lanes.witness().stream()
                        .map(bar -> bar.mark() + ", w"
                                + bar.operation().invocation().actor() + " "
                                + bar.operation().invocation().method() + " " + Rebuilt.verdict(bar))
                        .collect(Collectors.joining("; "))
                + ". Each is told in full below.";
    }

    private static String rate(Anomaly anomaly, StoredRace race, StoredRace.Judged judged) {
        List<Finding> same = judged.verdict().findings().stream()
                .filter(finding -> finding.anomaly() == anomaly)
                .toList();
        int rounds = Finding.rounds(same);
        int raced = judged.verdict().rounds().raced();
        boolean counted = race.plan().workload().repeated() && rounds > 0 && rounds <= raced;
        String unit = race.plan().workload().unit();
        String name = anomaly.label();
        return counted
                ? name + " in " + new Rate(rounds, raced).text(unit) + " of this run."
                : name + ", found " + same.size() + " times in " + raced + " " + unit + " of this run.";
    }

    /** The run below the folder of all runs, so that a page is the same wherever that lies. */
    private static String folder(StoredRace race) {
        Path folder = race.folder();
        int names = folder.getNameCount();
        String path = folder.subpath(Math.max(0, names - FOLDERS_BELOW_RUNS), names)
                .toString()
                .replace('\\', '/');
        return Objects.requireNonNull(path).matches("[\\w./+-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
