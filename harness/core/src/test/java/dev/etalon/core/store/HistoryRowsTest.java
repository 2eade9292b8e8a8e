package dev.etalon.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.model.History;
import dev.etalon.core.model.Method;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tab-separated rows: each kind and outcome becomes an operation, and what is wrong is said with its line. */
class HistoryRowsTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("history.tsv");
    }

    /** Reads rows whose columns are separated by blanks here. */
    private History read(String... rows) throws IOException {
        Files.writeString(file, text(rows));
        return HistoryRows.read(file);
    }

    private static String text(String... rows) {
        return HistoryRows.HEADER + "\n" + String.join("\n", rows).replaceAll(" +", "\t") + "\n";
    }

    private Operation only(String row) throws IOException {
        return read(row).operations().get(0);
    }

    private void refuses(String sentence, String... rows) {
        assertThatThrownBy(() -> read(rows))
                .isInstanceOf(HistoryFormatException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(sentence)
                .hasMessageContaining("; ");
    }

    @ParameterizedTest
    @CsvSource({
        "'1 3 C 10 20 0 5 o', PUT,    IF_NONE_MATCH_ANY, absent, w0#5,          201",
        "'1 3 C 10 20 0 5 f', PUT,    IF_NONE_MATCH_ANY, absent, w0#5,          412",
        "'1 3 W 10 20 5 6 o', PUT,    IF_MATCH,          w0#5,   w0#6,          200",
        "'1 3 W 10 20 5 6 f', PUT,    IF_MATCH,          w0#5,   w0#6,          412",
        "'1 3 U 10 20 0 6 o', PUT,    NONE,              absent, w0#6,          200",
        "'1 3 D 10 20 5 0 o', DELETE, IF_MATCH,          w0#5,   w2147483647#1, 204",
        "'1 3 D 10 20 5 0 f', DELETE, IF_MATCH,          w0#5,   w2147483647#1, 412",
        "'1 3 X 10 20 0 0 o', DELETE, NONE,              absent, w2147483647#1, 204",
    })
    void everyKindOfWriteBecomesItsRequest(
            String row, Method method, Precondition.Kind kind, String parent, String writes, int status)
            throws IOException {
        Operation op = only(row);
        assertThat(op.invocation().actor()).isEqualTo(3);
        assertThat(op.invocation().key()).isZero();
        assertThat(op.invocation().method()).isEqualTo(method);
        assertThat(op.invocation().precondition().kind()).isEqualTo(kind);
        assertThat(op.parent()).hasToString(parent);
        assertThat(op.version()).hasToString(writes);
        assertThat(op.status()).isEqualTo(status);
        assertThat(op.outcome()).isEqualTo(status == 412 ? Outcome.REFUSED : Outcome.APPLIED);
        assertThat(op.startNs()).isEqualTo(10);
        assertThat(op.endNs()).isEqualTo(20);
        assertThat(op.tag()).isEmpty();
    }

    @Test
    void readsShowAVersionOrAbsenceOrNothingNew() throws IOException {
        Operation absent = only("1 3 R 10 20 0 0 o");
        assertThat(absent.status()).isEqualTo(404);
        assertThat(absent.observation()).isEqualTo(Observation.ABSENT);

        Operation phantom = only("1 3 R 10 20 0 9 o");
        assertThat(phantom.status()).isEqualTo(200);
        assertThat(phantom.observation()).isEqualTo(new Observation.Seen(new Version(0, 9), Version.ABSENT, 1));

        Operation unchanged = only("1 3 R 10 20 0 9 f");
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.refused()).isTrue();
        assertThat(unchanged.invocation().precondition())
                .isEqualTo(new Precondition(Precondition.Kind.IF_NONE_MATCH, null, new Version(0, 9)));

        Operation changed = only("1 3 R 10 20 8 9 o");
        assertThat(changed.parent()).isEqualTo(new Version(0, 8));
        assertThat(changed.seen()).contains(new Version(0, 9));
    }

    @Test
    void unknownOutcomesHaveAnEndOrNone() throws IOException {
        assertThat(only("1 3 W 10 -1 5 6 ?").completion()).isNull();
        assertThat(only("1 3 W 10 20 5 6 ?").outcome()).isEqualTo(Outcome.unknown(Outcome.Cause.TIMEOUT));
        assertThat(only("1 3 R 10 20 0 0 ?").observation()).isEqualTo(Observation.NOTHING);
    }

    @Test
    void depthsAndParentsFollowTheChainEvenWhereTheReadStandsFirst() throws IOException {
        List<Operation> operations = read(
                        "1 0 C 10 20 0 1 o",
                        "4 1 R 41 60 0 3 o",
                        "2 0 W 30 40 1 2 o",
                        "3 0 W 42 50 2 3 o",
                        "5 0 D 60 70 3 0 o",
                        "6 0 X 80 85 0 0 o",
                        "7 0 U 90 99 0 4 o")
                .operations();
        assertThat(operations).extracting(op -> op.invocation().id()).containsExactly(1L, 2L, 4L, 3L, 5L, 6L, 7L);
        assertThat(operations).extracting(op -> op.invocation().depth()).containsExactly(1, 2, 0, 3, 0, 0, 1);
        assertThat(operations.get(2).observation())
                .isEqualTo(new Observation.Seen(new Version(0, 3), new Version(0, 2), 3));
        assertThat(operations.get(4).version()).hasToString("w2147483647#1");
        assertThat(operations.get(5).version()).hasToString("w2147483647#2");
    }

    @Test
    void aChainThatBitesItsTailHasDepthsAllTheSame() throws IOException {
        assertThat(read("1 0 W 10 20 2 1 o", "2 0 W 10 20 1 2 o", "3 0 W 10 20 3 3 o")
                        .operations())
                .extracting(op -> op.invocation().depth())
                .containsExactlyInAnyOrder(1, 2, 1);
    }

    @Test
    void largeVersionNumbersStayApartFromAbsentForeignAndDeletes() throws IOException {
        assertThat(only("1 0 U 10 20 0 4294967296 o").version()).isEqualTo(new Version(1, 0));
        assertThat(only("1 0 U 10 20 0 4294967295 o").version()).isEqualTo(new Version(0, -1));
        assertThat(only("1 0 U 10 20 0 9223372032559808511 o").version())
                .isEqualTo(new Version(Integer.MAX_VALUE - 1, -1));
        refuses("version=9223372032559808512; expected 0..9223372032559808511", "1 0 U 10 20 0 9223372032559808512 o");
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        String rows = text(
                "1 0 C 10 20 0 1 o",
                "2 1 R 12 22 0 1 o",
                "3 1 W 30 40 1 8589934594 f",
                "4 2 W 31 -1 1 7 ?",
                "5 2 W 32 44 1 8 ?",
                "6 3 R 33 45 1 0 f",
                "7 3 R 34 46 1 8 o",
                "8 3 R 35 47 0 0 o",
                "9 3 R 35 -1 0 0 ?",
                "10 4 D 50 51 1 0 o",
                "11 4 X 52 53 0 0 o",
                "12 4 U 54 55 0 9 o");
        Files.writeString(file, rows);
        Path copy = folder.resolve("copy.tsv");
        History history = HistoryRows.read(file);
        HistoryRows.write(copy, history);
        assertThat(copy).hasContent(rows);
        assertThat(HistoryRows.read(copy)).isEqualTo(history);
    }

    @Test
    void whatTheColumnsCannotTellIsNotWritten() {
        assertThatThrownBy(() -> HistoryRows.write(file, Histories.random(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rows cannot tell this operation: id=")
                .hasMessageContaining("write the history as JSON Lines");
    }

    @Test
    void aFileCutInItsLastRowKeepsEveryEarlierOneAndSaysSo() throws IOException {
        String whole = text("1 0 C 10 20 0 1 o", "2 1 R 12 22 0 1 o");
        int last = whole.lastIndexOf('\n', whole.length() - 2) + 1;
        for (int cut = last + 1; cut < whole.length() - 1; cut++) {
            Files.writeString(file, whole.substring(0, cut));
            History history = HistoryRows.read(file);
            assertThat(history.operations()).as("cut at %d", cut).hasSize(1);
            assertThat(history.damage()).containsExactly("the file ends inside a line, which is left out: line=3");
        }
        Files.writeString(file, whole.substring(0, whole.length() - 1));
        assertThat(HistoryRows.read(file).operations())
                .as("only the line break is missing")
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 0 C 10 20 0 1 | a row with the wrong number of columns: * columns=7 expected=8",
                "1 0 C 10 20 0 1 o o | columns=9 expected=8",
                "x 0 C 10 20 0 1 o | a value out of range: * id=x; expected 0..",
                "1 -1 C 10 20 0 1 o | client=-1; expected 0..",
                "1 0 Q 10 20 0 1 o | kind=Q; expected one of R W C D U X",
                "1 0 C 1.5 20 0 1 o | start=1.5",
                "1 0 C 10 9 0 1 o | an operation ends before it starts: * start=10 end=9",
                "1 0 C 10 -1 0 1 o | an outcome without an end",
                "1 0 C 10 20 -1 1 o | parent=-1",
                "1 0 C 10 20 0 99999999999999999999 o | version=99999999999999999999",
                "1 0 C 10 20 0 1 ok | outcome=ok; expected one of o f ?",
                "1 0 W 10 20 0 1 o | a row with If-Match needs its parent: * kind=W parent=0",
                "1 0 D 10 20 0 0 o | a row with If-Match needs its parent",
                "1 0 C 10 20 4 5 o | a row without If-Match has no parent",
                "1 0 W 10 20 4 0 o | a write needs its version",
                "1 0 X 10 20 0 4 o | a delete writes no version",
                "1 0 R 10 20 0 0 f | a read that was told 304 has one version",
                "1 0 R 10 20 3 4 f | a read that was told 304 has one version",
            })
    void aRowThatSaysNonsenseIsRefusedWithItsLine(String row, String sentence) {
        String[] parts = sentence.split(" \\* ");
        refuses(parts[0], row);
        refuses(parts[parts.length - 1], row);
        refuses("line=2 ", row);
    }

    @Test
    void anIdThatIsUsedTwiceIsRefused() {
        refuses("an operation id is used twice: file=" + file + " line=3 id=1", "1 0 X 1 2 0 0 o", "1 0 X 1 2 0 0 o");
    }
}
