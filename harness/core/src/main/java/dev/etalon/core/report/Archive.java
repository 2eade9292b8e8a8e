package dev.etalon.core.report;

import dev.etalon.core.store.HistoryFormatException;
import dev.etalon.core.store.RunFolder;
import dev.etalon.core.store.StoredRules;
import dev.etalon.core.store.StoredRun;
import dev.etalon.core.store.StoredSession;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that lies below some folders: races, rules and sessions, the oldest first. Immutable; of the same folders
 * always the same.
 *
 * @param races every run of a scenario on a target
 * @param answers every occasion on which rules were put to a target
 * @param sessions what became of every cell of every session, those that were not run too
 * @param unreadable one sentence for each folder that could not be read
 */
public record Archive(
        List<StoredRace> races, List<StoredAnswers> answers, List<StoredSession> sessions, List<String> unreadable) {
    /** Deeper than any run lies below the folder of all runs. */
    private static final int DEPTH_MAX = 6;

    public Archive {
        races = List.copyOf(races);
        answers = List.copyOf(answers);
        sessions = List.copyOf(sessions);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * What is known of one scenario on one target, most recently.
     *
     * @param scenario its id
     * @param target its name
     * @param at when it was run, or was to be run
     * @param status how it counts: the name of a cell's status, {@code UNDECIDED} when nobody could say
     * @param sentence why
     * @param race the run; empty when nothing was sent
     */
    public record Cell(
            String scenario, String target, Instant at, String status, String sentence, Optional<StoredRace> race) {}

    /**
     * Reads folders.
     *
     * @param roots run folders, or folders of run folders
     * @throws IOException with a sentence for the user, when one of them cannot be listed or holds nothing of ours
     */
    public static Archive read(List<Path> roots) throws IOException {
        List<StoredRace> races = new ArrayList<>();
        List<StoredAnswers> answers = new ArrayList<>();
        List<StoredSession> sessions = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (Path folder : folders(roots, unreadable)) {
            try {
                RunFolder run = new RunFolder(folder);
                if (Files.isRegularFile(run.plan())) {
                    races.add(race(run));
                }
                if (Files.isRegularFile(run.rules())) {
                    StoredRules rules = StoredRules.read(run.rules());
                    answers.add(
                            new StoredAnswers(folder, Instant.parse(rules.run().begun()), rules));
                }
                if (Files.isRegularFile(run.session())) {
                    StoredSession session = StoredSession.read(run.session());
                    // Asked for here only to say so at once when nobody can tell when it was.
                    Instant.parse(session.begun());
                    sessions.add(session);
                }
            } catch (IOException | RuntimeException e) {
                unreadable.add(folder + ": " + e.getMessage());
            }
        }
        races.sort(Comparator.comparing(StoredRace::begun).thenComparing(StoredRace::id));
        answers.sort(Comparator.comparing(StoredAnswers::begun).thenComparing(StoredAnswers::target));
        sessions.sort(Comparator.comparing(StoredSession::begun));
        return new Archive(races, answers, sessions, unreadable);
    }

    private static List<Path> folders(List<Path> roots, List<String> unreadable) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Path root : roots) {
            if (!Files.isDirectory(root)) {
                throw new IOException("not a folder: " + root + "; name run folders, or the folder they are in");
            }
            Path absolute = root.toAbsolutePath().normalize();
            Search search = new Search(absolute);
            Files.walkFileTree(absolute, Set.of(), DEPTH_MAX, search);
            if (search.found.isEmpty()) {
                throw new IOException("no runs below " + root + ": there is no " + RunFolder.PLAN + ", "
                        + RunFolder.RULES + " or " + RunFolder.SESSION + "; name the folder given as etalon.runs");
            }
            folders.addAll(search.found);
            unreadable.addAll(search.unreadable);
        }
        return folders.stream().distinct().sorted().toList();
    }

    /** Looks for folders that hold something of ours, but not where servers keep their files meanwhile. */
    private static final class Search extends SimpleFileVisitor<Path> {
        private static final Set<String> NAMES = Set.of(RunFolder.PLAN, RunFolder.RULES, RunFolder.SESSION);

        private final Path root;
        private final List<Path> found = new ArrayList<>();
        private final List<String> unreadable = new ArrayList<>();

        private Search(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return !folder.equals(root) && String.valueOf(folder.getFileName()).startsWith(".")
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (NAMES.contains(String.valueOf(file.getFileName()))) {
                found.add(Objects.requireNonNull(file.getParent()));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException e) {
            unreadable.add(path + ": cannot be listed (" + e + ")");
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
            return e == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, e);
        }
    }

    private static StoredRace race(RunFolder run) throws HistoryFormatException {
        StoredRun.Summary summary = StoredRun.summary(run);
        Path target = run.path().getParent();
        String name = summary.verdict()
                .map(verdict -> verdict.target())
                .orElse(target == null ? "" : String.valueOf(target.getFileName()));
        return new StoredRace(
                run.path(),
                name,
                run.begun()
                        .orElseThrow(() -> new HistoryFormatException("the folder's name does not tell when it was run;"
                                + " give it back its name, <UTC>-<seed>: folder=" + run.path())),
                summary.plan(),
                summary.verdict(),
                summary.environment(),
                summary.repeat());
    }

    /** The last word on every cell, sorted by scenario and target. */
    public List<Cell> cells() {
        Map<String, Cell> cells = new TreeMap<>();
        for (StoredSession session : sessions) {
            for (StoredSession.Cell cell : session.cells()) {
                newer(
                        cells,
                        new Cell(
                                cell.scenario(),
                                cell.target(),
                                Instant.parse(session.begun()),
                                cell.status(),
                                cell.sentence(),
                                Optional.empty()));
            }
        }
        for (StoredRace race : races) {
            newer(
                    cells,
                    new Cell(
                            race.scenario(),
                            race.target(),
                            race.begun(),
                            race.status(),
                            race.sentence(),
                            Optional.of(race)));
        }
        return List.copyOf(cells.values());
    }

    /** A session begins before its runs, so a run that it speaks of is newer. */
    private static void newer(Map<String, Cell> cells, Cell cell) {
        cells.merge(
                name(cell.scenario(), cell.target()),
                cell,
                (old, now) -> now.at().isBefore(old.at()) ? old : now);
    }

    /** The last answers of every target to every rule they were asked then, by target. */
    public Map<String, StoredAnswers> latestAnswers() {
        Map<String, StoredAnswers> latest = new TreeMap<>();
        answers.forEach(each -> latest.put(each.target(), each));
        return latest;
    }

    /** Every run of a cell, the oldest first. */
    public List<StoredRace> runs(Cell cell) {
        String wanted = name(cell.scenario(), cell.target());
        return races.stream().filter(race -> race.cell().equals(wanted)).toList();
    }

    /** The runs of each cell, the oldest first, by {@link StoredRace#cell}. */
    public Map<String, List<StoredRace>> runs() {
        return races.stream().collect(Collectors.groupingBy(StoredRace::cell, TreeMap::new, Collectors.toList()));
    }

    /** The name of a cell, in whose order cells are shown. */
    static String name(String scenario, String target) {
        return scenario + " " + target;
    }
}
