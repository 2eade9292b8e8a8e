package dev.etalon.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etalon.core.model.History;
import dev.etalon.core.model.Observation;
import dev.etalon.core.model.Operation;
import dev.etalon.core.model.Outcome;
import dev.etalon.core.model.Precondition;
import dev.etalon.core.model.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON Lines: what is written is read back, and what is wrong is said with its line. */
class HistoryLinesTest {
    private static final String HEADER = "{\"etalon-history\":1}";
    private static final String GET = "{\"id\":1,\"method\":\"GET\",\"start\":10}";
    private static final int RANDOM_HISTORIES = 1_000;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("history.jsonl");
    }

    private History read(String... lines) throws IOException {
        Files.writeString(file, String.join("\n", lines) + "\n");
        return HistoryLines.read(file);
    }

    private void refuses(String sentence, String... lines) {
        assertThatThrownBy(() -> read(lines))
                .isInstanceOf(HistoryFormatException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(sentence)
                .hasMessageContaining("; ");
    }

    @Test
    void everyHistoryIsReadAsItWasWritten() throws IOException {
        for (long seed = 0; seed < RANDOM_HISTORIES; seed++) {
            History history = Histories.random(seed);
            HistoryLines.write(file, history);
            assertThat(HistoryLines.read(file)).as("seed %d", seed).isEqualTo(history);
            Files.delete(file);
        }
    }

    @Test
    void theTextStaysTheSameAndIsAscii() throws IOException {
        Operation refused = operation("""
                {"id":4294967298,"actor":1,"round":-1,"key":7,"method":"PUT","precondition":{"kind":"if-match",\
                "tag":"\\"caf\\u00E9\\"","version":"foreign"},"writes":"w1#2","depth":3,"start":10,"end":25,"released":12,\
                "status":412,"outcome":"refused"}""");
        assertThat(refused.parent()).isEqualTo(Version.FOREIGN);
        Files.delete(file);
        HistoryLines.write(file, new History(HistoryFileTest.ORIGIN, List.of(refused), List.of("a hole")));
        assertThat(Files.readString(file, StandardCharsets.US_ASCII)).isEqualTo("""
                        {"etalon-history":1,"run":"fffffffffffffffe","keyPrefix":"k-","scenario":"http/x","target":"paper",\
                        "host":"desk","startedAt":"2026-01-01T00:00:00Z","startNs":1000,"damage":["a hole"],"operations":1}
                        {"id":4294967298,"actor":1,"round":-1,"key":7,"method":"PUT","precondition":{"kind":"if-match",\
                        "tag":"\\"caf\\u00E9\\"","version":"foreign"},"writes":"w1#2","depth":3,"start":10,"end":25,\
                        "released":12,"status":412,"outcome":"refused"}
                        """);
    }

    private Operation operation(String line) throws IOException {
        return read(HEADER, line).operations().get(0);
    }

    @Test
    void aForeignRecordingNeedsOnlyWhatCannotBeGuessed() throws IOException {
        Operation get = operation(GET);
        assertThat(get.outcome()).isEqualTo(Outcome.unknown(Outcome.Cause.NEVER_COMPLETED));
        assertThat(get.invocation().precondition()).isEqualTo(Precondition.NONE);
        assertThat(operation(
                                "{\"id\":1,\"method\":\"GET\",\"start\":1,\"end\":1,\"outcome\":\"applied\",\"status\":404,"
                                        + "\"observation\":{\"kind\":\"absent\"}}")
                        .observation())
                .isEqualTo(Observation.ABSENT);
    }

    @Test
    void fieldsStandInAnyOrderAndExtraOnesAreMarked() throws IOException {
        assertThat(read(
                                "  {\"etalon-history\":1, \"x-tool\":{\"a\":[1]}, \"host\":\"h\"}\r",
                                "",
                                "{\"x-note\":\"mine\",\"start\":10,\"method\":\"GET\",\"id\":1}\r")
                        .operations())
                .containsExactly(operation(GET));
    }

    @Test
    void aFileThatExistsIsNeverOverwritten() throws IOException {
        Files.writeString(file, "mine");
        assertThatThrownBy(() -> HistoryLines.write(file, Histories.random(1)))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("mine");
    }

    @Test
    void aFileCutInItsLastLineKeepsEveryEarlierOneAndSaysSo() throws IOException {
        History history = Histories.random(3);
        HistoryLines.write(file, history);
        byte[] whole = Files.readAllBytes(file);
        int last = new String(whole, 0, whole.length - 1, StandardCharsets.US_ASCII).lastIndexOf('\n') + 1;
        List<Operation> earlier =
                history.operations().subList(0, history.operations().size() - 1);
        for (int cut = last + 1; cut < whole.length - 1; cut++) {
            Files.write(file, Arrays.copyOf(whole, cut));
            History read = HistoryLines.read(file);
            assertThat(read.operations()).as("cut at %d", cut).isEqualTo(earlier);
            assertThat(read.damage())
                    .as("cut at %d", cut)
                    .contains("the file ends inside a line, which is left out: line="
                            + (history.operations().size() + 1));
        }
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertThat(HistoryLines.read(file)).as("only the line break is missing").isEqualTo(history);
    }

    @Test
    void aFileCutBetweenTwoLinesIsMissedByItsCount() throws IOException {
        assertThat(read("{\"etalon-history\":1,\"operations\":3}", GET).damage())
                .containsExactly("the file ends early: operations=1 promised=3");
        refuses("more operations than the header counts: ", "{\"etalon-history\":1,\"operations\":0}", GET);
    }

    @Test
    void aFileCutInItsHeaderHasNothingToJudge() throws IOException {
        Files.writeString(file, "{\"etalon-history\":1,\"run\":\"ff");
        assertThatThrownBy(() -> HistoryLines.read(file))
                .isInstanceOf(HistoryFormatException.class)
                .hasMessageContaining("a line is not JSON")
                .hasMessageContaining("line=1 ");
    }

    @Test
    void aLineCutInTheMiddleOfTheFileIsRefused() {
        refuses("a line is not JSON: Unexpected end-of-input", HEADER, "{\"id\":1,\"method\":\"GE", GET);
        refuses("line=2 column=", HEADER, "{\"id\":1,\"method\":\"GE", GET);
    }

    @Test
    void anotherJsonFileIsNoHistory() {
        refuses("not a history of Etalon: ", "{", "  \"verdict\" : \"VALID\"", "}");
        refuses("line=1; the first of its JSON Lines begins with {\"etalon-history\":1", "{\"verdict\":\"VALID\"}");
    }

    @Test
    void aSchemaOfTheFutureIsRefusedByNumber() {
        refuses(
                "a history of a schema this version does not know: file=" + file + " line=1 version=2 known=1",
                "{\"etalon-history\":2,\"news\":true}",
                GET);
    }

    @Test
    void aClockThatGoesBackIsRefused() {
        refuses(
                "the clock goes back: file=" + file + " line=3 start=9 previous=10; sort the operations by their start",
                HEADER,
                GET,
                "{\"id\":2,\"method\":\"GET\",\"start\":9}");
    }

    @Test
    void anIdThatIsUsedTwiceIsRefused() {
        refuses("an operation id is used twice: file=" + file + " line=3 id=1;", HEADER, GET, GET);
    }

    @Test
    void manyIdsAreToldApart() {
        LongSet ids = new LongSet();
        for (long id = 0; id < 20_000; id++) {
            assertThat(ids.add(id << 32)).isTrue();
        }
        for (long id = 0; id < 20_000; id++) {
            assertThat(ids.add(id << 32)).isFalse();
        }
    }

    @Test
    void clocksOfSeveralMachinesWithoutABoundAreRefused() {
        refuses(
                "how far the clocks may be apart is missing: file=" + file + " line=1 hosts=2; add clocks.boundNs",
                "{\"etalon-history\":1,\"clocks\":{\"hosts\":[\"a\",\"b\"]}}",
                GET);
    }

    /** Each row is the rest of {@code {"id":1,"method":"PUT","writes":"w1#1","start":10,…}} and what is said of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"end\":9,\"outcome\":\"applied\" | an operation ends before it starts",
                "\"end\":11 | a field is missing: * field=outcome",
                "\"end\":11,\"outcome\":\"lost\" | a value out of range: * outcome=lost; expected applied, refused, unknown",
                "\"end\":11,\"outcome\":\"applied\",\"status\":412 | outcome=applied status=412; expected applied only of 2xx",
                "\"end\":11,\"outcome\":\"applied\",\"status\":404 | outcome=applied status=404; expected applied only of 2xx",
                "\"end\":11,\"outcome\":\"refused\",\"status\":204 | outcome=refused status=204; expected refused only of",
                "\"end\":11,\"outcome\":\"unknown\" | a field is missing: * field=cause",
                "\"end\":11,\"outcome\":\"unknown\",\"cause\":\"boredom\" | cause=boredom; expected connection, never-",
                "\"end\":11,\"outcome\":\"applied\",\"cause\":\"status\" | only an unknown outcome has a cause",
                "\"status\":200 | an answer without its end: * field=status",
                "\"end\":11,\"outcome\":\"applied\",\"status\":1000 | status=1000; expected 0..999",
                "\"end\":11,\"outcome\":\"applied\",\"tag\":\"\" | tag=(0 characters)",
                "\"end\":\"11\" | a field of the wrong type: * field=end; expected a whole number",
                "\"end\":11.5 | a field of the wrong type: * field=end",
                "\"end\":null | a field of the wrong type: * field=end",
                "\"end\":99999999999999999999 | end=99999999999999999999; expected -9223372036854775808..",
                "\"actor\":-1 | actor=-1; expected 0..2147483647",
                "\"actor\":2147483648 | actor=2147483648",
                "\"round\":-101 | round=-101; expected -100..",
                "\"host\":1 | host=1; expected an index into the header's clocks.hosts",
                "\"method\":\"PATCH\" | a line is not JSON: Duplicate field 'method'",
                "\"x-a\":1,\"x-a\":2 | a line is not JSON: Duplicate field 'x-a'",
                "\"x-a\":{\"b\":1,\"b\":2} | a line is not JSON: Duplicate field 'b'",
                "\"precondition\":{\"kind\":\"if-match\",\"kind\":\"none\"} | a line is not JSON: Duplicate field 'kind'",
                "\"precondition\":{\"kind\":\"if-match\",\"version\":\"w1#+1\"} | version=w1#+1",
                "\"precondition\":{\"kind\":\"if-match\",\"version\":\"w1#\"} | version=w1#",
                "\"precondition\":{\"kind\":\"if-match\",\"version\":\"w#1\"} | version=w#1",
                "\"precondition\":{\"kind\":\"if-match\",\"version\":\"\"} | version=",
                "\"precondition\":\"w1#1\" | field=precondition; expected an object",
                "\"precondition\":{\"kind\":\"if-match\"} | a field is missing: * field=precondition.version",
                "\"precondition\":{\"kind\":\"if-range\"} | kind=if-range; expected if-match, if-none-match, if-none-match-any",
                "\"precondition\":{\"kind\":\"if-match\",\"version\":\"v1\"} | version=v1; expected w<writer>#<sequence>",
                "\"precondition\":{\"kind\":\"if-match\",\"version\":\"w1#2147483648\"} | version=w1#2147483648",
                "\"precondtion\":{} | a field this version does not know: * field=precondtion; correct it",
                "\"end\":11,\"outcome\":\"applied\",\"observation\":{\"kind\":\"half\"} | observation.kind=half",
                "\"end\":11,\"outcome\":\"applied\",\"observation\":{\"kind\":\"seen\"} | field=observation.version",
                "\"end\":11,\"outcome\":\"applied\",\"observation\":{\"kind\":\"torn\",\"flaw\":\"ugly\"} | flaw=ugly",
            })
    void aLineThatSaysNonsenseIsRefusedWithItsNumber(String rest, String sentence) {
        String line = "{\"id\":1,\"method\":\"PUT\",\"writes\":\"w1#1\",\"start\":10," + rest + "}";
        String[] parts = sentence.split(" \\* ");
        refuses(parts[0], HEADER, line);
        refuses(parts[parts.length - 1], HEADER, line);
        refuses("line=2 ", HEADER, line);
    }

    @Test
    void whatALineLacksIsNamed() {
        refuses("field=id", HEADER, "{}");
        refuses("field=method", HEADER, "{\"id\":1}");
        refuses("field=start", HEADER, "{\"id\":1,\"method\":\"GET\"}");
        refuses("every request but a read names what it writes", HEADER, "{\"id\":1,\"method\":\"PUT\",\"start\":1}");
        refuses(
                "writes=absent; expected",
                HEADER,
                "{\"id\":1,\"method\":\"DELETE\",\"start\":1,\"writes\":\"absent\"}");
        refuses("a line is not an object", HEADER, "[]");
        refuses("more than one object in a line", HEADER, GET + GET);
        refuses("run=xyz; expected up to 16 hexadecimal digits", "{\"etalon-history\":1,\"run\":\"xyz\"}");
        refuses("boundNs=-1; expected 0..", "{\"etalon-history\":1,\"clocks\":{\"boundNs\":-1}}");
        refuses("field=barriers; expected true or false", "{\"etalon-history\":1,\"clocks\":{\"barriers\":1}}");
        refuses("field=hosts; expected an array of strings", "{\"etalon-history\":1,\"clocks\":{\"hosts\":1}}");
    }

    @Test
    void aFileWithoutLineBreaksDoesNotFillTheHeap() throws IOException {
        byte[] blank = new byte[17 << 20];
        Arrays.fill(blank, (byte) ' ');
        blank[0] = '{';
        Files.write(file, blank);
        assertThatThrownBy(() -> HistoryLines.read(file))
                .isInstanceOf(HistoryFormatException.class)
                .hasMessageContaining("a line is too long: file=" + file + " line=1 bytesMax=");
    }
}
