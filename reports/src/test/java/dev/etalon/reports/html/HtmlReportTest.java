package dev.etalon.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.report.Archive;
import dev.etalon.core.report.Reports;
import dev.etalon.core.report.Trend;
import dev.etalon.core.store.StoredRules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    private static final String TURNED_AROUND = "\u202E\u2066\u200F";
    private static final Set<String> ATTRIBUTES_THAT_LEAD_AWAY =
            Set.of("href", "src", "action", "formaction", "poster");

    @TempDir
    Path folder;

    private static Map<Path, String> files(Path root) throws IOException {
        Map<Path, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(root.relativize(file), Files.readString(file));
            }
        }
        return texts;
    }

    /** Hostile names are names of files too, so the pages of one archive do not replace those of another. */
    private void clear() throws IOException {
        for (Path file : files(folder).keySet()) {
            Files.delete(folder.resolve(file));
        }
    }

    private Map<Path, Document> pages(Archive archive) throws IOException {
        clear();
        new HtmlReport().write(archive, folder);
        Map<Path, Document> pages = new TreeMap<>();
        for (Path file : files(folder).keySet()) {
            if (file.toString().endsWith(".html")) {
                pages.put(file, Jsoup.parse(folder.resolve(file), "UTF-8"));
            }
        }
        return pages;
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = HtmlReportTest.class.getResourceAsStream("/golden/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void isFoundByItsName() {
        assertThat(Reports.named(List.of("html"))).isNotNull();
    }

    @Test
    void theSameArchiveGivesTheSameBytes() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        Path one = Files.createDirectory(folder.resolve("one"));
        new HtmlReport().write(SyntheticArchive.of(3, 12, 4, 30), one);
        new HtmlReport().write(SyntheticArchive.of(3, 12, 4, 30), other);
        assertThat(files(one)).isNotEmpty().isEqualTo(files(other));
    }

    @Test
    void everyLinkLeadsToSomethingThatIsThere() throws Exception {
        Map<Path, Document> pages = pages(SyntheticArchive.of(3, 12, 4, 30));
        assertThat(pages).hasSize(2 + 3 + 12 + 12);
        pages.forEach((path, page) -> {
            for (Element link : page.select("[href], [src]")) {
                String href = link.hasAttr("href") ? link.attr("href") : link.attr("src");
                if (href.startsWith("https://www.rfc-editor.org/") || href.startsWith("data:,")) {
                    continue;
                }
                String[] parts = href.split("#", 2);
                Path target = parts[0].isEmpty()
                        ? path
                        : folder.relativize(
                                Objects.requireNonNull(folder.resolve(path).getParent())
                                        .resolve(parts[0])
                                        .normalize());
                assertThat(folder.resolve(target)).as("%s in %s", href, path).exists();
                if (parts.length == 2) {
                    assertThat(pages.get(target).getElementById(parts[1]))
                            .as("%s in %s", href, path)
                            .isNotNull();
                }
            }
        });
    }

    @Test
    void everyPageCanBeReadWithoutSeeingIt() throws Exception {
        pages(SyntheticArchive.of(2, 6, 4, 30)).forEach((path, page) -> {
            assertThat(page.select("html[lang=en], head > title, main, h1"))
                    .as("%s", path)
                    .hasSize(4);
            assertThat(page.select("[id]").eachAttr("id")).as("%s", path).doesNotHaveDuplicates();
            for (Element cell : page.select("th")) {
                assertThat(cell.attr("scope")).as("%s in %s", cell, path).isNotEmpty();
            }
            for (Element mark : page.select("[data-status] b[aria-hidden]")) {
                assertThat(Objects.requireNonNull(mark.parent()).text())
                        .as("a sign has a word beside it: %s", path)
                        .containsPattern("\\p{L}{2,}");
            }
        });
    }

    @Test
    void theMatrixShowsEveryVerdictWithItsSignItsWordAndItsProof() throws Exception {
        Document index =
                Objects.requireNonNull(pages(SyntheticArchive.of(3, 12, 4, 30)).get(Path.of("index.html")));
        assertThat(index.select("#summary tr[data-target]").eachAttr("data-target"))
                .containsExactly("target-0", "target-1", "target-2");
        assertThat(index.select("#races-HTTP tr[data-row=http/race-1] td").eachText())
                .containsExactly("✗ broken, known A1 ×30", "✗! broken, new A1 ×30", "? undecided");
        assertThat(index.select("#races-HTTP tr[data-row=http/not-run] td").eachText())
                .containsOnly("– not run");
        assertThat(index.select("#rules-HTTP tbody").eachAttr("data-series")).containsExactly("IM", "NM");
        Element fails = Objects.requireNonNull(index.selectFirst("#rules-HTTP td[data-status=FAIL] a"));
        assertThat(fails.text()).isEqualTo("✗ fails");
        assertThat(fails.attr("href")).isEqualTo("rules/IM-100.html#target-target-1");
    }

    @Test
    void whatIsLeftOutIsSaid() throws Exception {
        Map<Path, Document> pages = pages(SyntheticArchive.of(1, 1, 2, 45));
        Document run = Objects.requireNonNull(pages.get(Path.of("runs", "http-race-1-target-0-20260101T120000Z.html")));
        assertThat(run.select("#left-out").text()).startsWith("45 of 45 anomalies have no page here");
        assertThat(Objects.requireNonNull(pages.get(Path.of("index.html")))
                        .select("#unreadable")
                        .text())
                .contains("1 stored folder could not be read")
                .contains("a plan that cannot be read");
    }

    @Test
    void nothingThatAServerSaidBecomesAPartOfThePage() throws Exception {
        List<String> attacks = List.of(
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "' onmouseover='alert(1)",
                "</title></main></pre><iframe src=javascript:alert(1)>",
                "<!--",
                "]]>",
                "&lt;b&gt;",
                "javascript:alert(1)",
                "\u0000\u001B[31m\u0007\u009B" + TURNED_AROUND);
        Map<String, Integer> shape = shape(SyntheticArchive.of(2, 6, 4, 30));
        for (String attack : attacks) {
            Archive hostile = SyntheticArchive.of(2, 6, 4, 30, text -> text + attack);
            assertThat(shape(hostile)).as(attack).isEqualTo(shape);
            for (Map.Entry<Path, String> file : files(folder).entrySet()) {
                assertThat(file.getValue()
                                .codePoints()
                                .filter(c -> (Character.isISOControl(c) && c != '\n' && c != '\t')
                                        || TURNED_AROUND.indexOf(c) >= 0)
                                .count())
                        .as("invisible characters in %s", file.getKey())
                        .isZero();
            }
        }
        Path rule = Path.of(Site.rule("IM-100" + attacks.get(attacks.size() - 1)));
        assertThat(Files.readString(folder.resolve(rule)))
                .contains("ETag: \"1\"␀␛[31m␇[U+009B][U+202E][U+2066][U+200F]");
    }

    /** How often each element with each of its attributes is there, on all pages; checks that none leads away or acts. */
    private Map<String, Integer> shape(Archive archive) throws IOException {
        Map<String, Integer> shape = new TreeMap<>();
        for (Document page : pages(archive).values()) {
            for (Element element : page.getAllElements()) {
                shape.merge(element.tagName(), 1, Integer::sum);
                for (Attribute attribute : element.attributes()) {
                    shape.merge(element.tagName() + " " + attribute.getKey(), 1, Integer::sum);
                    assertThat(attribute.getKey()).doesNotStartWith("on");
                    if (ATTRIBUTES_THAT_LEAD_AWAY.contains(attribute.getKey())) {
                        assertThat(attribute.getValue())
                                .matches("[\\w./#-]+|data:,|https://www\\.rfc-editor\\.org/[\\w./#-]+");
                    }
                }
            }
        }
        return shape;
    }

    @Test
    void megabytesInEveryPlaceAreCutWithANotice() throws Exception {
        String megabyte = "x".repeat(1_000_000);
        Map<Path, Document> pages = pages(SyntheticArchive.of(1, 2, 2, 30, text -> text + megabyte));
        for (Path page : pages.keySet()) {
            assertThat(Files.size(folder.resolve(page))).as("%s", page).isLessThan(400_000);
        }
        Document rule = Objects.requireNonNull(pages.get(Path.of(Site.rule("IM-100" + megabyte))));
        for (String place : List.of("h1", "#facts", "#example-table", "#answer-table", "pre.request", "pre.answer")) {
            assertThat(rule.select(place).text()).as(place).contains("cut here");
        }
    }

    @Test
    void thousandsOfFieldsAreCutWithANotice() {
        assertThat(ExchangeText.of(
                        new StoredRules.Answer(200, Collections.nCopies(5_000, "a: b\nSet-Cookie: c"), null, null)))
                .contains("a: b␊Set-Cookie: c")
                .endsWith("… (cut here: 4,960 more fields)")
                .hasLineCount(1 + 40 + 1);
    }

    @Test
    void withManyTargetsOnlySignsAreSeenAndTheWordsAreStillHeard() throws Exception {
        Document index =
                Objects.requireNonNull(pages(SyntheticArchive.of(9, 6, 4, 30)).get(Path.of("index.html")));
        Element broken = Objects.requireNonNull(index.selectFirst("#races-HTTP td[data-status=KNOWN] a"));
        assertThat(broken.text()).isEqualTo("✗");
        assertThat(broken.attr("aria-label")).isEqualTo("broken, known");
        assertThat(broken.attr("title")).isEqualTo("broken, known, A1 ×30");
    }

    @Test
    void fiftyTargetsAndThreeHundredRulesStayBelowTenMegabytes() throws Exception {
        Archive archive = SyntheticArchive.of(50, 300, 20, 20);
        List<Server> servers = Server.of(archive);
        Site site = Site.in(folder);
        HtmlReport.index(site, archive, servers, Map.of(), Map.of(), Trend.of(archive));
        HtmlReport.rule(site, RuleView.of(servers).get(0));
        assertThat(Files.size(folder.resolve("index.html"))).isBetween(1_000_000L, 10_000_000L);
        assertThat(Files.size(folder.resolve("rules/IM-100.html"))).isBetween(50_000L, 10_000_000L);
    }

    @Test
    void thePagesAreAsTheyWere() throws Exception {
        new HtmlReport().write(SyntheticArchive.of(2, 6, 4, 30), folder);
        assertThat(folder.resolve("index.html")).hasContent(golden("index.html"));
        assertThat(folder.resolve("rules/IM-100.html")).hasContent(golden("rule.html"));
    }
}
