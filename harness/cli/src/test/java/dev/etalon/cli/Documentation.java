package dev.etalon.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** The pages that people read, and what is wrong with them: links that lead nowhere and commands that do not work. */
final class Documentation {
    private static final Path INDEX = Path.of("docs", "README.md");
    private static final Path MAP = Path.of("docs", "map.md");

    /** A link with a scheme leads out of the repository, and is not looked at. */
    private static final Pattern ABSOLUTE = Pattern.compile("(?:[a-z][a-z0-9+.-]*:|//).*");

    /** What tools leave in the root. */
    private static final Set<String> LOCAL = Set.of(".git", ".idea", ".vscode", ".allure", "target");

    private static final Pattern CLASS = Pattern.compile("[A-Z][a-z]\\w*");

    private final Repository repository;
    private final DocumentedCommands commands;
    private final Map<Path, Page> pages = new TreeMap<>();

    /**
     * Some pages of a repository.
     *
     * @param commands what can be typed there
     * @param texts the text of each page, by its path from the root
     */
    Documentation(Repository repository, DocumentedCommands commands, Map<Path, String> texts) {
        this.repository = repository;
        this.commands = commands;
        texts.forEach((path, text) -> pages.put(path.normalize(), Page.parse(text)));
    }

    /** All pages that are for readers. */
    static Documentation of(Repository repository, DocumentedCommands commands) {
        Map<Path, String> texts = new TreeMap<>();
        Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
                .map(Path::of)
                .forEach(path -> texts.put(path, repository.text(path)));
        repository.files("docs", ".md").forEach(path -> texts.put(path, repository.text(path)));
        return new Documentation(repository, commands, texts);
    }

    /** What is wrong, a sentence each with page and line; empty when all is well. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        pages.forEach((path, page) -> {
            page.links()
                    .forEach(link -> link(path, link.text())
                            .forEach(fault -> faults.add(path + ":" + link.line() + ": " + fault)));
            page.code()
                    .forEach(code ->
                            code(path, code).forEach(fault -> faults.add(path + ":" + code.line() + ": " + fault)));
        });
        Set<Path> unreached = new TreeSet<>(pages.keySet());
        unreached.removeIf(path -> !path.startsWith("docs"));
        unreached.removeAll(reached());
        unreached.forEach(path -> faults.add(path + ": no link leads here from " + INDEX));
        return faults;
    }

    private List<String> code(Path path, Piece code) {
        List<String> faults = new ArrayList<>(commands.faults(code.text(), code.inline()));
        if (path.equals(MAP) && CLASS.matcher(code.text()).matches() && !repository.hasClass(code.text())) {
            faults.add("there is no such class: " + code.text());
        }
        return faults;
    }

    private List<String> link(Path page, String destination) {
        if (ABSOLUTE.matcher(destination).matches()) {
            return List.of();
        }
        Path target = target(page, destination);
        if (!repository.exists(target)) {
            return List.of("a link leads nowhere: " + destination);
        }
        int hash = destination.indexOf('#');
        if (hash < 0 || !target.toString().endsWith(".md")) {
            return List.of();
        }
        Page linked = pages.containsKey(target) ? pages.get(target) : Page.parse(repository.text(target));
        return linked.anchors().contains(destination.substring(hash + 1))
                ? List.of()
                : List.of("there is no such heading: " + destination);
    }

    /** Where a relative link leads, seen from the root. */
    private static Path target(Path page, String destination) {
        String file = destination.replaceFirst("#.*", "");
        return file.isEmpty() ? page : page.resolveSibling(file).normalize();
    }

    private Set<Path> reached() {
        Set<Path> reached = new TreeSet<>();
        Deque<Path> open = new ArrayDeque<>(List.of(INDEX));
        while (!open.isEmpty()) {
            Path path = open.pop();
            Page page = pages.get(path);
            if (page != null && reached.add(path)) {
                for (Piece link : page.links()) {
                    if (!ABSOLUTE.matcher(link.text()).matches()) {
                        open.push(target(path, link.text()));
                    }
                }
            }
        }
        return reached;
    }

    /**
     * Something on a page.
     *
     * @param text the destination of a link, or code
     * @param line counted from 1
     * @param inline whether it is within a sentence or a table
     */
    private record Piece(String text, int line, boolean inline) {}

    private record Page(List<Piece> links, List<Piece> code, Set<String> anchors) {
        private static Page parse(String text) {
            Parser parser = Parser.builder()
                    .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
                    .build();
            Reader reader = new Reader();
            parser.parse(text).accept(reader);
            return new Page(reader.links, reader.code, reader.anchors);
        }
    }

    private static final class Reader extends AbstractVisitor {
        private final List<Piece> links = new ArrayList<>();
        private final List<Piece> code = new ArrayList<>();
        private final Set<String> anchors = new TreeSet<>();
        private final Map<String, Integer> seen = new HashMap<>();

        @Override
        public void visit(Link link) {
            links.add(new Piece(link.getDestination(), line(link), true));
            visitChildren(link);
        }

        @Override
        public void visit(Image image) {
            links.add(new Piece(image.getDestination(), line(image), true));
            visitChildren(image);
        }

        @Override
        public void visit(Code inline) {
            code.add(new Piece(inline.getLiteral(), line(inline), true));
        }

        @Override
        public void visit(FencedCodeBlock block) {
            code.add(new Piece(block.getLiteral(), line(block), false));
        }

        @Override
        public void visit(IndentedCodeBlock block) {
            code.add(new Piece(block.getLiteral(), line(block), false));
        }

        @Override
        public void visit(Heading heading) {
            StringBuilder words = new StringBuilder();
            heading.accept(new AbstractVisitor() {
                @Override
                public void visit(Text text) {
                    words.append(text.getLiteral());
                }

                @Override
                public void visit(Code inline) {
                    words.append(inline.getLiteral());
                }
            });
            String slug = slug(words.toString());
            int before = seen.merge(slug, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? slug : slug + "-" + before);
            visitChildren(heading);
        }

        /** GitHub's rule: lower case, without punctuation, hyphens for spaces. */
        private static String slug(String heading) {
            return heading.toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]", "")
                    .replace(' ', '-');
        }

        private static int line(Node node) {
            return node.getSourceSpans().isEmpty()
                    ? 0
                    : node.getSourceSpans().get(0).getLineIndex() + 1;
        }
    }

    /** What pages can refer to. */
    static final class Repository {
        private final Path root;
        private final List<Path> files;

        /**
         * Looks at a folder as it is now.
         *
         * @param root the folder that has {@code .ci}
         */
        Repository(Path root) {
            this.root = root;
            try (Stream<Path> all = Files.find(root, 32, (path, attributes) -> attributes.isRegularFile())) {
                files = all.map(root::relativize)
                        .filter(path -> !built(path))
                        .sorted()
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The one that this test is in. */
        static Repository here() {
            for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
                if (Files.isDirectory(folder.resolve(".ci"))) {
                    return new Repository(folder);
                }
            }
            throw new IllegalStateException("no folder above this one has .ci: start="
                    + Path.of("").toAbsolutePath() + "; run the test in a checkout");
        }

        /** What a build or another tool made is not of the repository. */
        private static boolean built(Path path) {
            String text = "/" + path;
            return LOCAL.contains(path.getName(0).toString()) || text.contains("/target/") && !text.contains("/src/");
        }

        Path root() {
            return root;
        }

        boolean exists(Path path) {
            return Files.exists(root.resolve(path));
        }

        boolean executable(Path path) {
            return Files.isExecutable(root.resolve(path));
        }

        String text(Path path) {
            try {
                return Files.readString(root.resolve(path));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        boolean hasClass(String name) {
            return files.stream().anyMatch(path -> path.endsWith(name + ".java"));
        }

        /** The files below a folder whose path ends like this, seen from the root; without what the build makes. */
        List<Path> files(String folder, String end) {
            return files.stream()
                    .filter(path -> folder.isEmpty() || path.startsWith(folder))
                    .filter(path -> path.toString().endsWith(end))
                    .toList();
        }
    }
}
