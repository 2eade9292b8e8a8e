package dev.etalon.scenarios.litmus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.infra.runners.TestList;

class LitmusPageTest {
    private static final Path SAMPLE = Path.of("src/main/java/dev/etalon/scenarios/litmus/TwoGuestsOneSeat.java");
    private static final Path PAGE = Path.of("../../docs/litmus.md");

    @Test
    void theSampleOfThePageIsTheOneThatIsCompiledAndRun() throws IOException {
        String source = Files.readString(SAMPLE);
        String page = Files.readString(PAGE);
        String fence = "```java\n";
        int begin = page.indexOf(fence) + fence.length();
        assertThat(page.substring(begin, page.indexOf("```", begin)))
                .isEqualTo(source.substring(source.indexOf("@JCStressTest")));
        assertThat(TestList.tests()).contains(TwoGuestsOneSeat.class.getName());
    }

    @Test
    void everyTestHasSentencesForAtLeastAGoodAndAForbiddenOutcome() {
        assertThat(TestList.tests())
                .hasSizeGreaterThan(12)
                .allSatisfy(name -> assertThat(TestList.getInfo(name).cases())
                        .anyMatch(each -> each.expect().name().equals("ACCEPTABLE"))
                        .anyMatch(each -> each.expect().name().equals("FORBIDDEN"))
                        .allMatch(each -> !each.description().isBlank()));
    }

    @Test
    void whatNobodyCanTellIsNeverForbidden() {
        assertThat(TestList.tests())
                .allSatisfy(name -> assertThat(TestList.getInfo(name).cases().stream()
                                .filter(each -> each.matches("applied, unknown, v1"))
                                .findFirst())
                        .hasValueSatisfying(
                                each -> assertThat(each.expect().name()).isEqualTo("ACCEPTABLE_INTERESTING")));
    }
}
