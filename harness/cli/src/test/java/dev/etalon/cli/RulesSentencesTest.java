package dev.etalon.cli;

import static dev.etalon.cli.Ended.etalon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.ReferenceServer;
import dev.etalon.targets.reference.Reply;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the rules command prints: a reason once, and what differs apart from what fails. */
class RulesSentencesTest {
    @TempDir
    private Path runs;

    /** May ignore a date, and does. */
    private static final class Dateless extends Faithful {
        Dateless() {
            super(Manner.RFC9110);
        }

        @Override
        public Reply answer(Call call) {
            return super.answer(call.header("If-Modified-Since") == null ? call : call.bare());
        }
    }

    private String rules(String... ids) throws Exception {
        try (ReferenceServer server =
                ReferenceServer.start(new Dateless(), ReferenceServer.Options.PLAIN, "etalon", "secret")) {
            return etalon(
                            "rules",
                            "--url",
                            "http://127.0.0.1:" + server.ports().get(0) + "/",
                            "--name",
                            "mine",
                            "--repetitions",
                            "1",
                            "--load",
                            "0",
                            "--runs",
                            runs,
                            "--rule",
                            ids[0],
                            "--rule",
                            ids[1])
                    .text();
        }
    }

    @Test
    void whatDiffersIsNotCountedAsFailed() throws Exception {
        assertThat(rules("MS-01", "IM-01"))
                .contains("  DIFFERS        MS-01", "2 of 2 rules asked, 0 broken; {PASS=1, DIFFERS=1}")
                .doesNotContain("FAIL");
    }

    @Test
    void whyRulesAreNotAskedIsToldInFullOfTheFirst() throws Exception {
        List<String> rows = rules("CA-01", "CA-05")
                .lines()
                .filter(line -> line.contains("  NOT_SUPPORTED  CA-"))
                .toList();
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0)).contains("[the server has no cache in front of it");
        assertThat(rows.get(1)).endsWith("[as CA-01]");
    }

    @Test
    void noNameInBracesIsLeftInASentence() throws Exception {
        assertThat(rules("MS-01", "IM-1").lines().filter(line -> line.matches("  (FAIL|DIFFERS) .*")))
                .isNotEmpty()
                .noneMatch(line -> line.contains("{"));
    }
}
