package dev.etalon.reports.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The picture as a file of its own: a document that any program draws. */
class TimelineSvgTest {
    private static Document picture(String tag) throws Exception {
        Telling telling = new Telling("http/counter").lostUpdate(0, tag, 0);
        String svg = TimelineSvg.of(telling.first(), telling.history());
        assertThat(svg).isEqualTo(TimelineSvg.of(telling.first(), telling.history()));
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.strip().getBytes(StandardCharsets.UTF_8)));
    }

    private static long count(Document picture, String tag, String word) {
        NodeList all = picture.getElementsByTagName(tag);
        long count = 0;
        for (int i = 0; i < all.getLength(); i++) {
            if ((" " + ((Element) all.item(i)).getAttribute("class") + " ").contains(" " + word + " ")) {
                count++;
            }
        }
        return count;
    }

    @Test
    void everyRequestIsABarAndTheProofIsMarked() throws Exception {
        Document picture = picture("\"t\"");
        assertThat(count(picture, "g", "op")).isEqualTo(6);
        assertThat(count(picture, "circle", "badge")).isEqualTo(4);
        assertThat(count(picture, "g", "bad")).as("the lost update").isEqualTo(1);
        assertThat(count(picture, "rect", "withheld")).isEqualTo(1);
        assertThat(count(picture, "line", "hatch")).as("never answered").isEqualTo(1);
        assertThat(count(picture, "g", "arrow")).isEqualTo(5);
    }

    @Test
    void itIsADocumentWhateverTheServerSends() throws Exception {
        Document picture = picture("\"]]>&<b x='\u0001\ufffe\u202e\"");
        assertThat(picture.getDocumentElement().getTextContent())
                .contains("]]>&<b")
                .doesNotContain("\u202e");
    }
}
