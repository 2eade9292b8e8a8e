package dev.etalon.cli;

import dev.etalon.cli.Documentation.Repository;
import dev.etalon.core.plan.Alignment;
import dev.etalon.core.plan.Scenario;
import dev.etalon.core.report.Report;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.session.RuleSession;
import dev.etalon.core.target.TargetProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Finds the commands in the code of a page, and says which of them cannot work. Runs none. */
final class DocumentedCommands {
    private static final String NIGHTLY = ".ci/nightly";

    /** Stands for what the reader is to fill in; no name of anything. */
    private static final String BLANK = "…";

    private static final Pattern PLACEHOLDER = Pattern.compile("<[^<>]*>");
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\([^)]*\\)");
    private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)#\\s.*");
    private static final Pattern CONTINUED = Pattern.compile("\\\\\\n\\s*");
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Z_]+=\\S*\\s+");
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");
    private static final Pattern SCRIPT =
            Pattern.compile("(?<![\\w./*<>-])((?:[\\w.-]+/)+[\\w.-]+\\.sh|\\.ci/[\\w-]+)(?![\\w/*<])");

    /** A setting where code reads it or a POM names it; not in a comment. */
    private static final Pattern KEY = Pattern.compile("[\"<{](etalon\\.[a-z][a-z0-9.-]*)");

    private static final Pattern PROPERTY = Pattern.compile("-D(etalon\\.[a-z][a-z0-9.-]*)");
    private static final Pattern PROFILE = Pattern.compile("<profile>.*?<id>([^<]+)</id>", Pattern.DOTALL);
    private static final Pattern PARTS = Pattern.compile("(?m)^\\s*parts=\\(([^)]*)\\)");

    private final Repository repository;
    private final Set<String> targets = new TreeSet<>();
    private final Set<String> scenarios = new TreeSet<>();
    private final Set<String> rules;
    private final Set<String> keys = new TreeSet<>();
    private final Set<String> profiles = new TreeSet<>();
    private final Set<String> tests = new TreeSet<>();
    private final Set<String> options;

    DocumentedCommands(Repository repository) {
        this.repository = repository;
        ServiceLoader.load(TargetProvider.class)
                .forEach(target -> targets.add(target.info().name()));
        ServiceLoader.load(Scenario.class).forEach(scenario -> scenarios.add(scenario.id()));
        rules = RuleSession.catalogue().stream().map(Rule::id).collect(Collectors.toSet());
        options = Stream.concat(
                        Stream.of(Etalon.commandLine()), Etalon.commandLine().getSubcommands().values().stream())
                .flatMap(command -> command.getCommandSpec().options().stream())
                .flatMap(option -> Arrays.stream(option.names()))
                .collect(Collectors.toSet());
        for (Path pom : repository.files("", "pom.xml")) {
            String text = repository.text(pom);
            addKeys(text);
            PROFILE.matcher(text).results().map(match -> match.group(1)).forEach(profiles::add);
        }
        for (Path source : repository.files("", ".java")) {
            addKeys(repository.text(source));
            if (source.toString().contains("src/test/")) {
                tests.add(source.getFileName().toString().replace(".java", ""));
            }
        }
    }

    private void addKeys(String text) {
        KEY.matcher(text).results().map(match -> match.group(1)).forEach(keys::add);
    }

    /**
     * What is wrong with the commands in some code, a sentence each.
     *
     * @param code the text of a block or of code within a sentence
     * @param inline whether it is within a sentence, where a command may be named without its parameters
     */
    List<String> faults(String code, boolean inline) {
        List<String> faults = new ArrayList<>();
        for (String line : CONTINUED.matcher(code).replaceAll(" ").split("\n")) {
            String filled = SUBSTITUTION
                    .matcher(PLACEHOLDER.matcher(line).replaceAll(BLANK))
                    .replaceAll("");
            for (String command : COMMENT.matcher(filled).replaceAll("").split("&&|\\|\\||;")) {
                faults.addAll(command(command.strip(), inline));
            }
            scripts(line).forEach(faults::add);
        }
        return faults;
    }

    private List<String> command(String text, boolean inline) {
        List<String> words = words(stripped(text));
        List<String> faults = new ArrayList<>(properties(words));
        if (words.isEmpty()) {
            return faults;
        }
        int jar = words.indexOf("-jar");
        if (words.get(0).equals("java") && jar > 0 && words.size() > jar + 1) {
            if (words.get(jar + 1).equals("harness/cli/target/etalon.jar")) {
                faults.addAll(etalon(words.subList(jar + 2, words.size()), inline));
            }
        } else if (words.get(0).equals("etalon") && words.size() > 1) {
            faults.addAll(etalon(words.subList(1, words.size()), inline));
        } else if (words.get(0).equals("mvn")) {
            faults.addAll(maven(words));
        } else if (inline && words.get(0).matches("--[a-z][a-z-]*") && !options.contains(words.get(0))) {
            faults.add("no command has such an option: " + words.get(0));
        }
        int nightly = words.indexOf(NIGHTLY);
        if (nightly >= 0) {
            faults.addAll(parts(words.subList(nightly + 1, words.size())));
        }
        return faults;
    }

    /** Without a prompt, and without what is set in the environment of one command. */
    private static String stripped(String text) {
        String rest = text.replaceFirst("^\\$ ", "");
        Matcher assignment = ASSIGNMENT.matcher(rest);
        while (assignment.lookingAt()) {
            rest = rest.substring(assignment.end());
            assignment = ASSIGNMENT.matcher(rest);
        }
        return rest;
    }

    private static List<String> words(String text) {
        return WORD.matcher(text)
                .results()
                .map(match -> match.group().replaceAll("[\"']", ""))
                .toList();
    }

    private List<String> etalon(List<String> words, boolean inline) {
        String[] args = words.stream()
                .map(word -> word.equals("[") || word.equals("]") ? "" : word.replaceAll("^\\[|\\]?…?\\]?$", ""))
                .map(word -> word.isEmpty() ? BLANK : word)
                .map(word -> word.equals("N") ? "1" : word)
                .toArray(String[]::new);
        try {
            ParseResult parsed = Etalon.commandLine().parseArgs(args);
            return parsed.hasSubcommand() ? names(parsed.subcommand()) : List.of();
        } catch (MissingParameterException e) {
            return inline ? List.of() : List.of("etalon does not take this: " + e.getMessage());
        } catch (ParameterException e) {
            return List.of("etalon does not take this: " + e.getMessage());
        }
    }

    /** The names that are given to options and that mean nothing. */
    private List<String> names(ParseResult parsed) {
        Map<String, Predicate<String>> known = Map.of(
                "--target", targets::contains,
                "--scenario", scenarios::contains,
                "--rule", id -> rules.stream().anyMatch(rule -> rule.startsWith(id)),
                "--alignments",
                        label -> Arrays.stream(Alignment.values())
                                .map(Alignment::label)
                                .anyMatch(label::equals),
                "--report",
                        name -> ServiceLoader.load(Report.class).stream()
                                .anyMatch(report -> report.get().name().equals(name)));
        List<String> faults = new ArrayList<>();
        for (OptionSpec option : parsed.matchedOptions()) {
            Predicate<String> meansSomething = known.get(option.longestName());
            for (String value : meansSomething == null ? List.<String>of() : option.originalStringValues()) {
                for (String name : value.split(",")) {
                    if (!name.equals(BLANK) && !name.equals(option.paramLabel()) && !meansSomething.test(name)) {
                        faults.add("there is no such name: " + option.longestName() + " " + name);
                    }
                }
            }
        }
        return faults;
    }

    private List<String> maven(List<String> words) {
        List<String> faults = new ArrayList<>();
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            String next = i + 1 < words.size() ? words.get(i + 1) : "";
            if (word.equals("-pl")) {
                names(next)
                        .map(module -> module.replaceFirst("^!", ""))
                        .filter(module -> !repository.exists(Path.of(module, "pom.xml")))
                        .forEach(module -> faults.add("there is no such module: " + module));
            } else if (word.startsWith("-P")) {
                names(word.equals("-P") ? next : word.substring(2))
                        .filter(profile -> !profiles.contains(profile))
                        .forEach(profile -> faults.add("there is no such profile: " + profile));
            } else if (word.startsWith("-Dtest=") || word.startsWith("-Dit.test=")) {
                // With that flag a name that fits nothing leaves the unit tests out.
                boolean mayBeNone =
                        word.startsWith("-Dtest=") && words.contains("-Dsurefire.failIfNoSpecifiedTests=false");
                names(word.replaceFirst("^[^=]*=", ""))
                        .map(test -> test.replaceFirst("#.*", ""))
                        .filter(test -> !mayBeNone && !tests.contains(test))
                        .forEach(test -> faults.add("there is no such test class: " + test));
            }
        }
        return faults;
    }

    /** The {@code -Detalon.…} that nothing reads, or whose names mean nothing. */
    private List<String> properties(List<String> words) {
        List<String> faults = new ArrayList<>();
        for (String word : words) {
            Matcher property = PROPERTY.matcher(word);
            if (!property.lookingAt()) {
                continue;
            }
            String key = property.group(1);
            String value = word.replaceFirst("^[^=]*=?", "");
            boolean blank = word.startsWith(BLANK, property.end());
            if (keys.stream().noneMatch(known -> known.equals(key) || known.endsWith(".") && key.startsWith(known))) {
                if (!blank) {
                    faults.add("nothing reads this property: " + key);
                }
            } else if (key.endsWith("targets")) {
                names(value)
                        .filter(name -> !targets.contains(name))
                        .forEach(name -> faults.add("there is no such name: " + key + " " + name));
            } else if (key.equals("etalon.scenarios")) {
                names(value)
                        .filter(name -> !scenarios.contains(name))
                        .forEach(name -> faults.add("there is no such name: " + key + " " + name));
            }
        }
        return faults;
    }

    private Stream<String> scripts(String line) {
        return SCRIPT.matcher(line)
                .results()
                .map(match -> match.group(1))
                .filter(script -> !script.equals(NIGHTLY) || repository.exists(Path.of(NIGHTLY)))
                .filter(script -> !repository.executable(Path.of(script)))
                .map(script -> "there is no such script that can be run: " + script);
    }

    private List<String> parts(List<String> words) {
        if (!repository.exists(Path.of(NIGHTLY))) {
            return List.of();
        }
        Matcher line = PARTS.matcher(repository.text(Path.of(NIGHTLY)));
        Set<String> parts = line.find() ? Set.of(line.group(1).strip().split("\\s+")) : Set.of();
        return words.stream()
                .filter(word -> !parts.contains(word) && !word.contains(BLANK))
                .map(word -> NIGHTLY + " has no such part: " + word)
                .toList();
    }

    private static Stream<String> names(String list) {
        return Arrays.stream(list.split(",")).filter(name -> !name.isEmpty() && !name.contains(BLANK));
    }
}
