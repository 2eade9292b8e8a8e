package dev.etalon.cli;

import static dev.etalon.cli.Ended.etalon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.session.ExitCode;
import dev.etalon.core.session.SessionSummary;
import dev.etalon.targets.reference.Call;
import dev.etalon.targets.reference.Manner;
import dev.etalon.targets.reference.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server is meant to honour is raced, and nothing else; what it is meant to honour and does not is not passed over. */
class ClaimsTest {
    @TempDir
    private Path runs;

    /** Refuses each delete with a condition, as some servers do that have never heard of it. */
    private static final class NoConditionalDelete extends ListedServer {
        NoConditionalDelete() throws Exception {
            super(Manner.RFC9110);
        }

        @Override
        public Reply answer(Call call) {
            return call.method().equals("DELETE") && call.header("If-Match") != null
                    ? Reply.of(501)
                    : super.answer(call);
        }
    }

    private Ended asked(String command, Object... more) throws Exception {
        try (ListedServer server = new NoConditionalDelete()) {
            List<Object> all = new ArrayList<>(List.of(command, "--url", server.url(), "--runs", runs));
            all.addAll(List.of(more));
            return etalon(all.toArray());
        }
    }

    private SessionSummary raced(String claims, String... scenarios) throws Exception {
        try (ListedServer server = new NoConditionalDelete()) {
            return Raced.summary(Map.of(
                    "etalon.url",
                    server.url(),
                    "etalon.targets",
                    "external",
                    "etalon.claims",
                    claims,
                    "etalon.scenarios",
                    String.join(",", scenarios),
                    "etalon.rounds",
                    "2",
                    "etalon.increments",
                    "2",
                    "etalon.runs",
                    runs.toString()));
        }
    }

    private static String sentence(SessionSummary summary) {
        return summary.cells().get(0).sentence();
    }

    @Test
    void whatIsNotOfferedIsNotRunWhereNothingIsClaimed() throws Exception {
        SessionSummary summary = raced("", "http/write-against-delete");

        assertThat(sentence(summary)).isEqualTo("not raced: the target refuses DELETE If-Match with 501");
        assertThat(summary.exitCode()).isEqualTo(ExitCode.FEWER_CELLS);
    }

    @Test
    void aClaimThatIsNotKeptLeavesItsRaceUndecided() throws Exception {
        SessionSummary summary = raced("put-if-match,delete-if-match", "http/write-against-delete");

        assertThat(sentence(summary)).endsWith("with 501, though it claims DELETE If-Match and PUT If-Match");
        assertThat(summary.exitCode()).isEqualTo(ExitCode.UNDECIDED);
    }

    @Test
    void whatIsNotClaimedIsNoPartOfThePlanUnlessItIsNamed() throws Exception {
        SessionSummary modest = raced("put-if-match");
        assertThat(modest.cells())
                .extracting(cell -> cell.scenario().id())
                .contains("http/same-validator", "http/counter")
                .doesNotContain("http/write-against-delete", "http/create-race");
        assertThat(modest.exitCode()).isEqualTo(ExitCode.VALID);

        SessionSummary named = raced("put-if-match", "http/write-against-delete");
        assertThat(sentence(named)).isEqualTo("the target does not claim DELETE If-Match");
        assertThat(named.exitCode()).isEqualTo(ExitCode.FEWER_CELLS);
    }

    @Test
    void capabilitiesAreHeldAgainstTheClaims() throws Exception {
        Ended claimed = asked("rules", "--capabilities", "--claims", "put-if-match,put-if-none-match,delete-if-match");
        assertThat(claimed.text()).contains("claimed and not kept: DELETE If-Match is refused (501)");
        assertThat(claimed.code()).as(claimed.text()).isEqualTo(1);

        Ended modest = asked("rules", "--capabilities", "--claims", "put-if-match");
        assertThat(modest.text()).contains("there and not claimed: PUT If-None-Match: * is honoured");
        assertThat(modest.code()).as(modest.text()).isZero();
    }

    @Test
    void aWordThatIsNoClaimIsWrongUsage() throws Exception {
        Ended race = asked("race", "--claims", "put-if-mach");
        assertThat(race.code()).isEqualTo(64);
        assertThat(race.text())
                .startsWith("etalon: --claims must name some of put-if-match, put-if-none-match, delete-if-match, or be"
                        + " none: --claims=put-if-mach")
                .endsWith("did you mean put-if-match?\n");

        assertThat(etalon("race", "--claims", "put-if-match"))
                .isEqualTo(new Ended(
                        64,
                        "",
                        "etalon: --claims says what the server at --url is meant to honour; give --url, or leave it"
                                + " out\n"));
    }
}
