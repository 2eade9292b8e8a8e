package dev.etalon.cli;

import static dev.etalon.cli.Ended.etalon;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who types something wrong, or asks how it is typed, is told. */
class UsageTest {
    @Test
    void wrongUsageSaysWhatWouldBeRight() {
        assertThat(etalon("race", "--target", "nope").text()).contains("--target must name some of reference-http");
        assertThat(etalon("race", "--seed", "x").text())
                .isEqualTo("etalon: --seed must be a whole number, decimal or 0x-hexadecimal: --seed=x\n");
        assertThat(etalon("race", "--rounds", "0"))
                .isEqualTo(new Ended(64, "", "etalon: --rounds must be 1..1000000: --rounds=0\n"));
        assertThat(etalon("nonsense").code()).isEqualTo(64);
    }

    @Test
    void anUnreachableUrlEndsWithItsOwnCode(@TempDir Path runs) {
        assertThat(etalon("race", "--url", "http://127.0.0.1:1/", "--runs", runs)
                        .code())
                .isEqualTo(69);
    }

    @ParameterizedTest
    @CsvSource({
        "race,  --target,   tomcta,             tomcat",
        "race,  --scenario, s3/same-validtor,   s3/same-validator",
        "rules, --target,   minoi,              minio",
        "rules, --rule,     IM_02,              IM-02"
    })
    void whatIsAlmostANameIsTakenForIt(String command, String option, String typed, String meant) {
        Ended ended = etalon(command, option, typed);
        assertThat(ended.code()).isEqualTo(64);
        assertThat(ended.text())
                .startsWith("etalon: " + option + " must name")
                .endsWith("did you mean " + meant + "?\n");
    }

    @ParameterizedTest
    @CsvSource({
        "race,  --url=127.0.0.1:8080/folder/,                           --url must be an http or https URL",
        "rules, --url=127.0.0.1:8080/folder/,                           --url must be an http or https URL",
        "race,  --url=http://127.0.0.1:1/ --protocol=s3,                --protocol s3 needs a key",
        "rules, --url=http://127.0.0.1:1/ --protocol=s3 --access-key=k, --protocol s3 needs a key",
        "race,  --url=http://127.0.0.1:1/ --protocol=s3 --bucket=My_B,  --bucket must be 3 to 63 lower-case letters",
        "rules, --url=http://127.0.0.1:1/ --known=/nowhere/known.json,  --known must name a file of known findings"
    })
    void whatNoServerCanBeReachedWithIsWrongUsage(String command, String options, String sentence) {
        List<String> typed = new ArrayList<>(List.of(command));
        typed.addAll(List.of(options.split(" +")));
        Ended ended = etalon(typed.toArray());
        assertThat(ended.code()).as(ended.text()).isEqualTo(64);
        assertThat(ended.text()).startsWith("etalon: " + sentence);
    }

    @Test
    void theHelpNamesEveryExitCode() {
        Ended help = etalon("race", "--help");

        assertThat(help.code()).isZero();
        assertThat(help.text()).contains("--url", "Exit codes:", "130");
    }
}
