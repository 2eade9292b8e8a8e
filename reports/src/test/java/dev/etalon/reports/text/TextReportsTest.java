package dev.etalon.reports.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.etalon.core.report.Archive;
import dev.etalon.core.report.Reports;
import dev.etalon.core.store.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The reports in text of the same runs: golden files, and a server that means harm. */
class TextReportsTest {
    private static final Path SCHEMA = Path.of("..", "docs", "report.schema.json");

    @TempDir
    Path folder;

    private Path runs() {
        return folder.resolve("runs");
    }

    @BeforeEach
    void someRuns() throws IOException {
        SampleRuns.write(runs());
    }

    private Path written(String report, String out) throws IOException {
        Map<String, Path> entries =
                Reports.named(List.of(report)).write(Archive.read(List.of(runs())), folder.resolve(out));
        return Objects.requireNonNull(entries.get(report));
    }

    /** The file as it is wherever the runs lie. */
    private String text(Path file) throws IOException {
        return Files.readString(file).replace(folder.toString(), "FOLDER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"junit", "json", "markdown"})
    void everyReportIsAsItWas(String report) throws IOException {
        Path file = written(report, "out");
        try (InputStream golden =
                Objects.requireNonNull(TextReportsTest.class.getResourceAsStream("/golden/" + file.getFileName()))) {
            assertThat(text(file)).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"junit", "json", "markdown"})
    void theSameRunsGiveTheSameBytes(String report) throws IOException {
        assertThat(written(report, "one")).hasSameBinaryContentAs(written(report, "two"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"junit", "json", "markdown"})
    void nothingThatCannotBeSeenAndNoMegabyteGetsThrough(String report) throws IOException {
        String text = text(written(report, "out"));
        assertThat(text).doesNotContain("\u001B", "\u202E", "\uFFFE", "\u0000").contains("cut here");
        assertThat(text.length()).isLessThan(100_000);
    }

    private Document xml() throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(written("junit", "out").toFile());
    }

    private static Element suite(Document xml, String name) {
        for (int i = 0; i < xml.getElementsByTagName("testsuite").getLength(); i++) {
            Element suite = (Element) xml.getElementsByTagName("testsuite").item(i);
            if (suite.getAttribute("name").equals(name)) {
                return suite;
            }
        }
        throw new AssertionError("no such suite: " + name);
    }

    @Test
    void junitXmlIsWhatBuildServersRead() throws Exception {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(new StreamSource(TextReportsTest.class.getResourceAsStream("/junit.xsd")))
                .newValidator()
                .validate(new StreamSource(written("junit", "out").toFile()));
    }

    @Test
    void whatFailsTheBuildFailsInJunitXml() throws Exception {
        Document xml = xml();
        Element hostile = suite(xml, "hostile");
        assertThat(hostile.getAttribute("tests")).isEqualTo("6");
        assertThat(hostile.getAttribute("failures")).as("the race and one rule").isEqualTo("2");
        assertThat(hostile.getAttribute("errors")).as("an undecided rule").isEqualTo("1");
        assertThat(hostile.getAttribute("skipped"))
                .as("a rule that is not supported")
                .isEqualTo("1");
        assertThat(suite(xml, "old").getElementsByTagName("failure").getLength())
                .as("known")
                .isZero();
        assertThat(suite(xml, "far").getAttribute("skipped")).isEqualTo("1");
        assertThat(suite(xml, "gone").getAttribute("errors")).isEqualTo("1");
        assertThat(suite(xml, "slow").getAttribute("errors")).isEqualTo("1");
        assertThat(suite(xml, "unreadable").getAttribute("errors")).isEqualTo("3");
    }

    @Test
    void aHostileServerPutsNoElementIntoJunitXml() throws Exception {
        Document xml = xml();
        assertThat(xml.getElementsByTagName("script").getLength()).isZero();
        Element failure =
                (Element) suite(xml, "hostile").getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).contains("<script>alert(1)</script> ]]>", "␛[31m", "[U+202E]");
    }

    @Test
    void theSchemaDescribesTheReport() throws IOException {
        JsonNode report = Json.MAPPER.readTree(written("json", "out").toFile());
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(Files.readString(SCHEMA))
                        .validate(report))
                .isEmpty();
    }

    @Test
    void theSchemaRefusesWhatIsMissing() throws IOException {
        JsonNode report = Json.MAPPER.readTree(written("json", "out").toFile());
        ((ObjectNode) report.path("cells").path(0)).remove("status");
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(Files.readString(SCHEMA))
                        .validate(report))
                .isNotEmpty();
    }

    @Test
    void aHostileServerPutsNoMarkupIntoMarkdown() throws IOException {
        String outsideOfFences = text(written("markdown", "out")).replaceAll("(?s)(`{3,})text\n.*?\n\\1\n", "");
        assertThat(outsideOfFences)
                .doesNotContain("<script", "[a](", "@all", "http://", "`x`")
                .contains("&#60;script&#62;", "&#64;all");
    }

    @Test
    void aHostileAnswerDoesNotCloseTheFence() throws IOException {
        String text = text(written("markdown", "out"));
        assertThat(text).contains("````text\n");
    }

    @Test
    void aLongSummaryIsCutWithANotice() throws IOException {
        for (int i = 0; i < 400; i++) {
            SampleRuns.known(runs(), "target-" + i);
        }
        Path file = written("markdown", "out");
        assertThat(Files.size(file)).isLessThan(60_000);
        assertThat(text(file)).contains("| target-399 |").contains("**Cut off here: ");
    }
}
