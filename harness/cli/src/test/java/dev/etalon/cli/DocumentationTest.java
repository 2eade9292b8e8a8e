package dev.etalon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.cli.Documentation.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documentation names is there, and the commands that it shows can be typed. */
class DocumentationTest {
    private static final Repository HERE = Repository.here();
    private static final DocumentedCommands COMMANDS = new DocumentedCommands(HERE);

    @Test
    void everyLinkLeadsSomewhereAndEveryCommandCanBeTyped() {
        assertThat(Documentation.of(HERE, COMMANDS).faults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    [gone](gone.md)                                                | a link leads nowhere: gone.md
                    ![gone](images/gone.png)                                       | a link leads nowhere: images/gone.png
                    [gone](results.md#gone)                                        | there is no such heading: results.md#gone
                    [gone](#gone)                                                  | there is no such heading: #gone
                    `java -jar harness/cli/target/etalon.jar race --gone`          | etalon does not take this: Unknown option: '--gone'
                    `etalon gone`                                                  | etalon does not take this: Unmatched argument
                    `etalon judge --witnesses few <run>`                           | etalon does not take this: Invalid value for option '--witnesses'
                    `etalon race --target gone`                                    | there is no such name: --target gone
                    `ETALON_SEED=1 etalon race --scenario http/gone`               | there is no such name: --scenario http/gone
                    `etalon rules --rule ZZ`                                       | there is no such name: --rule ZZ
                    `etalon race --alignments gate,gone`                           | there is no such name: --alignments gone
                    `etalon report --report gone`                                  | there is no such name: --report gone
                    `--gone`                                                       | no command has such an option: --gone
                    `mvn verify -pl harness/gone -am`                              | there is no such module: harness/gone
                    `mvn test -Pgone`                                              | there is no such profile: gone
                    `mvn test -P gone`                                             | there is no such profile: gone
                    `mvn test -Dtest=GoneTest`                                     | there is no such test class: GoneTest
                    `mvn verify -Dit.test=RulesIT,GoneIT`                          | there is no such test class: GoneIT
                    `mvn verify -Detalon.gone=1`                                   | nothing reads this property: etalon.gone
                    `-Detalon.gone=1`                                              | nothing reads this property: etalon.gone
                    `mvn verify -Detalon.targets=tomcat,gone`                      | there is no such name: etalon.targets gone
                    `mvn verify -Detalon.scenarios=http/gone`                      | there is no such name: etalon.scenarios http/gone
                    `docker/engine.sh && docker/gone.sh`                           | there is no such script that can be run: docker/gone.sh
                    `bash .ci/gone`                                                | there is no such script that can be run: .ci/gone
                    `docs/gone.sh`                                                 | there is no such script that can be run: docs/gone.sh
                    """)
    void eachKindOfFaultIsFound(String markdown, String fault) {
        assertThat(faults(Path.of("docs", "results.md"), markdown))
                .singleElement()
                .asString()
                .startsWith("docs/results.md:3: " + fault);
    }

    @Test
    void commandsAreFoundInBlocksAndTablesToo() {
        assertThat(faults(Path.of("docs", "results.md"), """
                        | what | command |
                        |---|---|
                        | a table | `etalon race --gone1` |

                            java -jar harness/cli/target/etalon.jar race \\
                                --gone2

                        ```
                        mvn verify -pl gone3   # a comment
                        ```
                        """))
                .hasSize(3)
                .satisfies(faults -> assertThat(faults.get(0)).contains(":5: ", "gone1"))
                .satisfies(faults -> assertThat(faults.get(1)).contains(":7: ", "gone2"))
                .satisfies(faults -> assertThat(faults.get(2)).contains(":10: ", "gone3"));
    }

    @Test
    void aCommandInABlockHasItsParameters() {
        assertThat(faults(Path.of("docs", "results.md"), "    etalon judge\n"))
                .singleElement()
                .asString()
                .contains("Missing required parameter");
    }

    @Test
    void aPageThatNoLinkLeadsToIsFound() {
        Documentation documentation = new Documentation(
                HERE,
                COMMANDS,
                Map.of(
                        Path.of("docs", "README.md"), "[results](results.md)",
                        Path.of("docs", "results.md"), "[map](map.md)",
                        Path.of("docs", "map.md"), "",
                        Path.of("docs", "judge.md"), "[map](map.md)"));

        assertThat(documentation.faults()).containsExactly("docs/judge.md: no link leads here from docs/README.md");
    }

    @Test
    void aClassThatTheMapNamesIsThere() {
        assertThat(faults(Path.of("docs", "map.md"), "`DocumentationTest` is there, `GoneTest` is not."))
                .containsExactly("docs/map.md:3: there is no such class: GoneTest");
    }

    @Test
    void wordsAfterTheNightlyScriptAreItsParts(@TempDir Path root) throws Exception {
        Path script = Files.createDirectories(root.resolve(".ci")).resolve("nightly");
        Files.writeString(script, "#!/usr/bin/env bash\nparts=(mutants soak)\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        DocumentedCommands commands = new DocumentedCommands(new Repository(root));

        assertThat(commands.faults("bash .ci/nightly mutants soak\n.ci/nightly <part>\n.ci/nightly", false))
                .isEmpty();
        assertThat(commands.faults("bash .ci/nightly mutants gone", false))
                .containsExactly(".ci/nightly has no such part: gone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[out](https://example.org/gone), [page](judge.md), [folder](findings), [heading](results.md#the-signs-1)",
                "`etalon judge`, `etalon`, `etalon judge <file or run folder>…`, `etalon race --url …`",
                "`java -Xmx1g -jar harness/cli/target/etalon.jar report [--out DIR] [--report NAME]… [FOLDER…]`",
                "`ETALON_SECRET_KEY=… java -jar harness/cli/target/etalon.jar race --protocol s3 --access-key …`",
                "`etalon rules --rule IM- --repetitions 20`, `etalon judge a/*/b.etl --witnesses N`, `--witnesses N`",
                "`mvn -q package -pl '!harness/bench,harness/cli' -am -Pmutation -Dit.test=RulesIT#x -Detalon.seed=0x19c`",
                "`mvn verify -Dtest=NoSuch -Dsurefire.failIfNoSpecifiedTests=false`",
                "`-Detalon.<name>`, `-Detalon.image.<target>=x`, `docker/<target>/build.sh`, `docker/*.sh`"
            })
    void whatIsRightIsNoFault(String markdown) {
        assertThat(faults(Path.of("docs", "results.md"), "## The signs\n\n## The signs\n\n" + markdown))
                .isEmpty();
    }

    private static List<String> faults(Path page, String markdown) {
        Map<Path, String> pages = Map.of(
                page, "# Title\n\n" + markdown, Path.of("docs", "README.md"), "[page](" + page.getFileName() + ")");
        return new Documentation(HERE, COMMANDS, pages).faults();
    }
}
