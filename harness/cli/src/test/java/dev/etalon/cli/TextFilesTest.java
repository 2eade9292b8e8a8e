package dev.etalon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.cli.Documentation.Repository;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every file of the repository is written as {@code .editorconfig} says. */
class TextFilesTest {
    private static final Repository HERE = Repository.here();
    private static final Pattern SECTION = Pattern.compile("\\[(.*)]");
    private static final Pattern SETTING = Pattern.compile("(\\w+)\\s*=\\s*(\\S+)");

    @Test
    void everyFileIsWrittenAsTheEditorsAreTold() throws Exception {
        List<Section> sections = sections();
        List<String> faults = new ArrayList<>();
        for (Path file : HERE.files("", "")) {
            byte[] content = Files.readAllBytes(HERE.root().resolve(file));
            faults.addAll(faults(file, new String(content, StandardCharsets.UTF_8), settings(sections, file)));
        }

        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    docs/a.md                                 | 'a\\r\\n'    | carriage return
                    docs/a.md                                 | 'a \\n'      | white space at the end of a line
                    docs/a.md                                 | 'a'          | no line break at the end
                    a.java                                    | '\\ta\\n'    | tab
                    a/b/c.xml                                 | '  \\ta\\n'  | tab
                    reports/src/main/jte/a.jte                | 'a\\r'       | carriage return
                    """)
    void eachKindOfFaultIsFound(String file, String content, String fault) throws Exception {
        assertThat(faults(Path.of(file), content.translateEscapes(), settings(sections(), Path.of(file))))
                .containsExactly(file + ": " + fault);
    }

    @ParameterizedTest
    @CsvSource({
        "docs/a.md, 'a\\n'",
        "reports/src/main/jte/a/b.jte, 'a '",
        "reports/src/test/resources/golden/a.html, '\\ta \\n\\n '"
    })
    void whatIsRightOrExemptIsNoFault(String file, String content) throws Exception {
        assertThat(faults(Path.of(file), content.translateEscapes(), settings(sections(), Path.of(file))))
                .isEmpty();
    }

    private static List<String> faults(Path file, String content, Map<String, String> settings) {
        List<String> faults = new ArrayList<>();
        if ("lf".equals(settings.get("end_of_line")) && content.contains("\r")) {
            faults.add(file + ": carriage return");
        }
        if ("true".equals(settings.get("trim_trailing_whitespace"))
                && content.lines().anyMatch(line -> line.endsWith(" ") || line.endsWith("\t"))) {
            faults.add(file + ": white space at the end of a line");
        }
        if ("true".equals(settings.get("insert_final_newline")) && !content.isEmpty() && !content.endsWith("\n")) {
            faults.add(file + ": no line break at the end");
        }
        if ("space".equals(settings.get("indent_style"))
                && content.lines()
                        .anyMatch(line -> line.stripLeading().length() < line.length()
                                && line.substring(
                                                0,
                                                line.length()
                                                        - line.stripLeading().length())
                                        .contains("\t"))) {
            faults.add(file + ": tab");
        }
        return faults;
    }

    /** What holds for a file: a later section wins. */
    private static Map<String, String> settings(List<Section> sections, Path file) {
        Map<String, String> settings = new HashMap<>();
        sections.stream()
                .filter(section -> section.files().matches(file))
                .forEach(section -> settings.putAll(section.settings()));
        return settings;
    }

    private record Section(PathMatcher files, Map<String, String> settings) {}

    private static List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        for (String line : HERE.text(Path.of(".editorconfig")).split("\n")) {
            Matcher head = SECTION.matcher(line);
            Matcher setting = SETTING.matcher(line);
            if (head.matches()) {
                sections.add(new Section(matcher(head.group(1)), new HashMap<>()));
            } else if (setting.matches() && !sections.isEmpty()) {
                sections.get(sections.size() - 1).settings().put(setting.group(1), setting.group(2));
            }
        }
        return sections;
    }

    /** A pattern without a slash holds in every folder. */
    private static PathMatcher matcher(String glob) {
        return FileSystems.getDefault()
                .getPathMatcher("glob:" + (glob.contains("/") ? glob : "{" + glob + ",**/" + glob + "}"));
    }
}
