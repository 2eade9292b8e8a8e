package dev.etalon.scenarios.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.report.StoredRace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;

/** The site of a real run, used as a person uses it: with a mouse, with keys alone, on a phone, in the dark. */
@EnabledIfSystemProperty(
        named = "etalon.browser",
        matches = "sample|whole",
        disabledReason = "part of the gate: -Detalon.browser=sample")
@ExtendWith(RealRun.Once.class)
class SiteIT {
    private static final Path PICTURES = Path.of("target", "pictures");
    private static final Path README_PICTURES = Path.of(System.getProperty("etalon.pictures"));
    private static final int PHONE = 390;

    /** Names the elements that reach beyond a width and do not scroll by themselves. */
    private static final String WIDE = """
            var width = arguments[0];
            return Array.from(document.querySelectorAll('body *')).filter(function (e) {
              return e.getBoundingClientRect().right > width && !e.closest('.scroll, .window, pre');
            }).slice(0, 5).map(function (e) { return e.outerHTML.slice(0, 120); }).join(' | ');
            """;

    @TempDir
    static Path profile;

    private static RealRun run;
    private static Path index;
    private static Chromium browser;

    @BeforeAll
    static void open(RealRun real) throws IOException {
        browser = Chromium.start(profile);
        run = real;
        index = real.archives().site(Path.of("target", "site").toAbsolutePath());
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void beginAtTheIndex() {
        browser.width(1280, 800);
        browser.prefer("light");
        browser.open(index);
        browser.script("try { localStorage.clear() } catch (e) {}");
        browser.open(index);
    }

    @AfterEach
    void nothingWentWrongUnseen() throws IOException {
        assertThat(browser.complaints()).as("what the console said").isEmpty();
        assertThat(browser.requests()).as("what was asked of the network").isEmpty();
    }

    private static List<String> targets() {
        return browser.all("#summary tbody tr").stream()
                .map(row -> row.getAttribute("data-target"))
                .toList();
    }

    private static void openAnomaly() {
        browser.find("#summary a.proof").click();
        browser.until(d -> browser.url().contains("/anomalies/"), "the page of an anomaly");
    }

    /** The page of a run that lost an update: S3Proxy in memory does so in a sixth of the rounds. */
    private static void openLostUpdate() {
        browser.find("tr[data-row='s3/same-validator'] td a").click();
        browser.until(d -> !browser.all("h1").isEmpty() && !browser.url().endsWith("index.html"), "the page of a run");
        if (!browser.url().contains("/anomalies/")) {
            browser.all("a.proof").stream()
                    .filter(link -> link.getText().startsWith("A1 "))
                    .findFirst()
                    .orElseThrow()
                    .click();
        }
        browser.until(d -> browser.url().contains("/anomalies/"), "the page of a lost update");
    }

    private static String zoom() {
        return browser.find("figure.timeline output").getText();
    }

    @Test
    void aSearchForATargetLeavesThatTarget() {
        assertThat(targets()).containsExactlyInAnyOrder("reference-http", "s3proxy-memory", "tomcat");
        WebElement search = browser.find("#search");
        browser.type(search, "tomcat");
        assertThat(targets()).containsExactly("tomcat");
        assertThat(browser.find("#filter-count").getText()).startsWith("1 of 3 targets");
        search.sendKeys(Keys.ESCAPE);
        assertThat(targets()).hasSize(3);
    }

    @Test
    void aSearchForAPromiseLeavesItsRows() {
        browser.type(browser.find("#search"), "create-race");
        assertThat(browser.all("table.matrix tr[data-row]"))
                .extracting(row -> row.getAttribute("data-row"))
                .containsExactly("http/create-race");
        browser.type(browser.find("#search"), "no such thing");
        assertThat(browser.find("#filter-count").getText()).contains(" 0 of ");
        assertThat(browser.find("#nothing").getText()).startsWith("Nothing matches.");
    }

    @Test
    void theFilterForWhatIsBrokenHidesServersThatKeepTheirPromises() {
        browser.find("#filter-status").sendKeys(Keys.ARROW_DOWN);
        browser.until(d -> !targets().contains("reference-http"), "only what is broken");
        assertThat(targets()).contains("s3proxy-memory");
        assertThat(browser.all("table.matrix tr[data-row]"))
                .isNotEmpty()
                .allSatisfy(row ->
                        assertThat(row.findElements(By.cssSelector("td.bad"))).isNotEmpty());
        browser.find("#filter-reset").click();
        browser.until(d -> targets().size() == 3, "every target again");
    }

    @Test
    void aProofIsOneClickAway() {
        openAnomaly();
        assertThat(browser.find("h1").getText()).containsPattern("A\\d+");
        assertThat(browser.find(".proof").getText()).startsWith("The proof:");
        assertThat(browser.find("pre.asked").getText()).containsPattern("^(PUT|GET|DELETE|POST) ");
    }

    @Test
    void theTimelineIsZoomedByButtonsAndTellsOfARequest() {
        openLostUpdate();
        browser.find("[data-zoom=in]").click();
        assertThat(zoom()).isEqualTo("Zoom 150 %");
        Number wide = (Number) browser.script("return document.querySelector('.drawing').getBoundingClientRect().width"
                + " / document.querySelector('.window').clientWidth");
        assertThat(wide.doubleValue()).isGreaterThan(1.3);
        browser.find("[data-zoom=all]").click();
        assertThat(zoom()).isEqualTo("Zoom 100 %");
        browser.find("[data-zoom=witness]").click();
        browser.find(".op.witness .reach").click();
        assertThat(browser.find(".details").getText()).containsPattern("(PUT|GET) http");
    }

    @Test
    void theThemeIsSwitchedAndStaysWhenAnotherPageIsOpened() {
        String light = background();
        browser.find("#theme").click();
        browser.find("#theme").click();
        assertThat(browser.find("#theme").getText()).endsWith("dark");
        String dark = background();
        assertThat(dark).isNotEqualTo(light);
        openAnomaly();
        assertThat(background()).isEqualTo(dark);
    }

    @Test
    void theThemeFollowsTheSystemUntilSomebodyChooses() {
        String light = background();
        browser.prefer("dark");
        assertThat(background()).isNotEqualTo(light);
    }

    private static String background() {
        return String.valueOf(browser.script("return getComputedStyle(document.body).backgroundColor"));
    }

    @Test
    void whatIsToBeReplayedCanBeReplayed() throws Exception {
        openLostUpdate();
        List<String> commands =
                browser.all("pre.replay").stream().map(WebElement::getText).toList();
        assertThat(commands.get(0))
                .contains("race", "--scenario s3/same-validator", "--target s3proxy-memory", "--seed 0x19c");
        assertThat(commands.get(1)).contains("judge");
        String folder = Stream.of(commands.get(1).strip().split("\\s+"))
                .reduce((first, last) -> last)
                .orElseThrow()
                .replace("'", "");
        StoredRace race = run.archives().read().races().stream()
                .filter(stored -> stored.folder()
                        .toString()
                        .endsWith(Path.of(folder).getFileName().toString()))
                .filter(stored -> stored.scenario().equals("s3/same-validator"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no such run: " + folder));
        assertThat(race.judge().verdict().findings())
                .anyMatch(finding -> finding.anomaly().code().equals("A1"));
        String script = String.valueOf(
                browser.script("return Array.from(document.querySelectorAll('details pre.replay')).pop().textContent"));
        Path file = Files.writeString(profile.resolve("replay.sh"), script);
        Process shell =
                new ProcessBuilder("sh", "-n", file.toString()).inheritIO().start();
        assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).as("sh -n %s", script).isZero();
    }

    @Test
    void keysAloneLeadFromTheIndexToAProofAndThroughIt() {
        browser.press(Keys.TAB);
        assertThat(browser.focused().getText()).isEqualTo("Skip to the content");
        browser.press("/");
        assertThat(browser.focused().getAttribute("id")).isEqualTo("search");
        browser.press("same-validator");
        String cell = tabTo("table.matrix a");
        browser.press(Keys.ARROW_RIGHT);
        browser.press(Keys.ARROW_LEFT);
        assertThat(String.valueOf(browser.script("return document.activeElement.href")))
                .isEqualTo(cell);
        browser.press("/");
        browser.press(Keys.ESCAPE);
        tabTo("#summary a.proof");
        browser.press(Keys.ENTER);
        browser.until(d -> browser.url().contains("/anomalies/"), "the page of an anomaly");
        tabTo(".window");
        browser.press("+");
        assertThat(zoom()).isEqualTo("Zoom 150 %");
        tabTo(".op");
        Object first = browser.script("return document.activeElement.dataset.op");
        assertThat(browser.find(".details").getText()).isNotEmpty();
        browser.press(Keys.ARROW_RIGHT);
        assertThat(browser.script("return document.activeElement.dataset.op")).isNotEqualTo(first);
        browser.press(Keys.ESCAPE);
        browser.until(d -> browser.all(".details").isEmpty(), "nothing but the picture");
    }

    /** Presses the tabulator until the focus is on such an element, and returns where it leads. */
    private static String tabTo(String css) {
        for (int i = 0; i < 200; i++) {
            browser.press(Keys.TAB);
            if (Boolean.TRUE.equals(browser.script("return document.activeElement.matches(arguments[0])", css))) {
                return String.valueOf(browser.script("return document.activeElement.href || ''"));
            }
        }
        throw new AssertionError("the tabulator does not lead to " + css + " on " + browser.url());
    }

    /** One page of each kind. */
    private static Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("index", browser.url());
        pages.put("target", link("#summary tr[data-target=tomcat] th a"));
        pages.put("rule", link("section.part[data-what=rule] tr[data-row] th a"));
        pages.put("run", link("section.part[data-what=race] tr[data-row] td a"));
        pages.put("anomaly", link("#summary a.proof"));
        return pages;
    }

    private static String link(String css) {
        return String.valueOf(browser.script("return document.querySelector(arguments[0]).href", css));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void nobodyIsShutOutOfAnyKindOfPage(String theme) {
        browser.prefer(theme);
        List<String> faults = new ArrayList<>();
        pages().forEach((name, url) -> {
            browser.follow(url);
            browser.faults().forEach(fault -> faults.add(name + ": " + fault));
        });
        assertThat(faults).isEmpty();
    }

    @Test
    void aPhoneShowsEveryPageWithoutScrollingSideways() throws IOException {
        Map<String, String> pages = pages();
        browser.width(PHONE, 844);
        List<String> wide = new ArrayList<>();
        for (Map.Entry<String, String> page : pages.entrySet()) {
            browser.follow(page.getValue());
            Number width = (Number) browser.script("return document.documentElement.scrollWidth");
            if (width.intValue() > PHONE) {
                wide.add(page.getKey() + " is " + width + " pixels wide: " + browser.script(WIDE, PHONE));
            }
            browser.picture(PICTURES.resolve("phone-" + page.getKey() + ".png"));
        }
        assertThat(wide).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void bothThemesHavePictures(String theme) throws IOException {
        browser.prefer(theme);
        for (Map.Entry<String, String> page : pages().entrySet()) {
            browser.follow(page.getValue());
            Path picture = PICTURES.resolve(theme + "-" + page.getKey() + ".png");
            browser.picture(picture);
            assertThat(picture).isNotEmptyFile();
        }
    }

    @Test
    void theReadmeHasPicturesOfTheMatrixAndOfALostUpdate() throws IOException {
        browser.width(1240, 780);
        browser.picture(README_PICTURES.resolve("matrix.png"));
        openLostUpdate();
        Path picture = README_PICTURES.resolve("lost-update.png");
        Files.write(picture, browser.find("figure.timeline").getScreenshotAs(OutputType.BYTES));
        assertThat(Set.of(README_PICTURES.resolve("matrix.png"), picture))
                .allSatisfy(file -> assertThat(Files.size(file)).isBetween(5_000L, 400_000L));
    }
}
