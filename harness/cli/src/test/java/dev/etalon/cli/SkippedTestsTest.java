package dev.etalon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.cli.Documentation.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** {@code mvn install -DskipTests} runs no integration test: Failsafe alone listens only to {@code skipITs}. */
class SkippedTestsTest {
    private static final Repository HERE = Repository.here();

    private static List<String> values(Path pom, String name) throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(HERE.root().resolve(pom).toFile());
        NodeList elements = document.getElementsByTagName(name);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < elements.getLength(); i++) {
            values.add(((Element) elements.item(i)).getTextContent().strip());
        }
        return values;
    }

    @Test
    void whoSkipsTestsSkipsIntegrationTestsToo() throws Exception {
        assertThat(values(Path.of("pom.xml"), "skipITs")).containsExactly("${skipTests}");
    }

    @Test
    void noModuleDecidesOtherwise() throws Exception {
        for (Path pom : HERE.files("", "pom.xml")) {
            if (!pom.equals(Path.of("pom.xml"))) {
                assertThat(values(pom, "skipITs")).as(pom.toString()).isSubsetOf("${etalon.browser.skip}");
            }
            for (String skip : List.of("etalon.browser.skip", "etalon.allure.skip")) {
                assertThat(values(pom, skip)).as(pom + " " + skip).isSubsetOf("${skipITs}");
            }
        }
    }
}
