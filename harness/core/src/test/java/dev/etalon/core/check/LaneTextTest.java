package dev.etalon.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.model.Completion;
import dev.etalon.core.model.EntityTag;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;
import dev.etalon.core.model.Invocation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Lanes as a terminal shows them, sign by sign. */
class LaneTextTest {
    private static final String ESCAPE = "\u001b[2J";
    private static final String RIGHT_TO_LEFT = "\u202e";

    private static History history(String file) throws IOException {
        return GoldenHistory.parse(
                        Files.readString(Path.of("src", "test", "resources", "golden-histories", file + ".txt")))
                .history();
    }

    private static Stream<Finding> findings(History history) {
        Verdict verdict = Judge.judge(history);
        return Stream.concat(verdict.findings().stream(), verdict.remarks().stream());
    }

    private static String text(History history) {
        Finding finding = findings(history).findFirst().orElseThrow();
        Lanes lanes = Lanes.of(finding, history);
        return LaneText.of(lanes, history.origin()) + LaneText.ascii(lanes, history.origin());
    }

    @ParameterizedTest
    @CsvSource({
        "A01-lost-update, lanes-lost-update",
        "A07-stale-read, lanes-stale-read",
        "A13-all-refused, lanes-all-refused",
        "A15-late-application, lanes-late-application",
        "hosts/a-fork-needs-no-clock, lanes-two-hosts"
    })
    void aWitnessIsDrawnWithASignForEverythingThatMatters(String file, String golden) throws IOException {
        Golden.check(golden, text(history(file)));
    }

    @Test
    void theWithheldEndOfARequestAndTimeLeftOutAreDrawnToo() throws IOException {
        History told = history("A01-lost-update");
        History held = with(told, op -> {
            Completion end = op.completion();
            boolean racer = op.invocation().actor() == 1;
            return racer && end != null
                    ? new Operation(
                            op.invocation(),
                            new Completion(
                                    end.id(),
                                    end.status(),
                                    end.outcome(),
                                    end.tag(),
                                    end.observation(),
                                    end.atNs() - 2_000_000,
                                    end.atNs()))
                    : later(op);
        });
        Golden.check("lanes-held-upload", text(held));
    }

    /** The last read, a second later. */
    private static Operation later(Operation op) {
        Completion end = op.completion();
        long ns = op.startNs() >= 10_000_000 ? 1_000_000_000 : 0;
        return end == null
                ? op
                : new Operation(
                        new Invocation(
                                op.invocation().id(),
                                op.invocation().actor(),
                                op.invocation().round(),
                                op.invocation().key(),
                                op.invocation().endpoint(),
                                op.invocation().method(),
                                op.invocation().precondition(),
                                op.invocation().writes(),
                                op.invocation().depth(),
                                op.startNs() + ns),
                        new Completion(
                                end.id(),
                                end.status(),
                                end.outcome(),
                                end.tag(),
                                end.observation(),
                                end.releasedNs(),
                                end.atNs() + ns));
    }

    private static History with(History history, UnaryOperator<Operation> change) {
        return new History(
                history.origin(), history.operations().stream().map(change).toList(), List.of(), history.clocks());
    }

    static Stream<Path> files() throws IOException {
        return GoldenHistoriesTest.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void noLineIsWiderThanATerminalAndPlainOnesAreAscii(Path file) throws IOException {
        History history = GoldenHistory.parse(Files.readString(file)).history();
        findings(history).forEach(finding -> {
            Lanes lanes = Lanes.of(finding, history);
            assertThat(LaneText.of(lanes, history.origin()).lines())
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(LaneText.WIDTH));
            String plain = LaneText.ascii(lanes, history.origin());
            assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(plain))
                    .as(plain)
                    .isTrue();
        });
    }

    @Test
    void whatAServerSendsCannotDriveTheTerminal() {
        Story story = new Story();
        Operation base = story.lay(0, 1);
        story.putTagged(1, base, "\"" + ESCAPE + RIGHT_TO_LEFT + "\"", 2, 5);
        story.putTagged(2, base, "\"" + "x".repeat(EntityTag.LENGTH_MAX - 2) + "\"", 3, 6);
        Finding finding = story.first().orElseThrow();

        String lanes = LaneText.of(Lanes.of(finding, story.history()), Story.ORIGIN);
        String witness = WitnessText.of(finding, story.history());

        assertThat(lanes + witness).contains("\\u{1b}[2J\\u{202e}").doesNotContain("\u001b", RIGHT_TO_LEFT);
        assertThat(lanes).hasSizeLessThan(20 * LaneText.WIDTH);
    }
}
