package dev.etalon.scenarios.browser;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import dev.etalon.core.store.Json;
import dev.etalon.core.target.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * A headless Chromium that keeps what its console said and what it asked of the network. Where none is installed, tests
 * are skipped with the reason, or fail when {@code etalon.require.browser} is true.
 */
final class Chromium implements AutoCloseable {
    /** A page that does not come within this never comes, however busy the machine is. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final Set<String> GRAVE = Set.of("serious", "critical");
    private static final Set<String> LOCAL = Set.of("file:", "data:", "blob:", "about:", "chrome:");

    /** Held, since a logger that nobody holds forgets its level: Selenium misses a protocol that is not used here. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriver driver;
    private final List<String> kept = new ArrayList<>();

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    /**
     * Starts one.
     *
     * @param profile an empty folder for it
     */
    static Chromium start(Path profile) {
        Settings settings = Settings.ofProcess();
        Path browser = Path.of(settings.get("etalon.chromium", "/usr/bin/chromium"));
        Path driver = Path.of(settings.get("etalon.chromedriver", "/usr/bin/chromedriver"));
        if (!Files.isExecutable(browser) || !Files.isExecutable(driver)) {
            String reason = "no browser to open the reports in: etalon.chromium=" + browser + " etalon.chromedriver="
                    + driver + "; docker/browser.sh installs Debian's";
            if (settings.get("etalon.require.browser", "false").equals("true")) {
                throw new AssertionFailedError(reason);
            }
            throw new TestAbortedException(reason);
        }
        SELENIUM.setLevel(Level.SEVERE);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions()
                .setBinary(browser.toString())
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--force-color-profile=srgb",
                        "--hide-scrollbars",
                        // A page that is still scrolling moves away from under a click.
                        "--force-prefers-reduced-motion",
                        "--window-size=1280,800",
                        "--user-data-dir=" + profile);
        options.setCapability("goog:loggingPrefs", logs);
        // Named outright, so that Selenium looks for no driver, here or on the network.
        return new Chromium(new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(driver.toFile())
                        .withSilent(true)
                        .build(),
                options));
    }

    /** Opens a file, and waits until it is loaded. */
    void open(Path file) {
        driver.get(file.toUri().toString());
    }

    /** Opens what a link leads to. */
    void follow(String url) {
        driver.get(url);
    }

    String url() {
        return driver.getCurrentUrl();
    }

    /** The first visible element of a selector. Waits for it. */
    WebElement find(String css) {
        return until(d -> all(css).stream().findFirst().orElse(null), css);
    }

    /** Every visible element of a selector. */
    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css)).stream()
                .filter(WebElement::isDisplayed)
                .toList();
    }

    /** Waits until something is so. */
    <T> T until(Function<? super WebDriver, T> condition, String what) {
        return new WebDriverWait(driver, PATIENCE)
                .withMessage(what + " on " + driver.getCurrentUrl())
                .until(condition);
    }

    /** Replaces what a field holds, as a person does. */
    void type(WebElement field, String text) {
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        field.sendKeys(text);
    }

    /** Presses keys where the focus is. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    /** Runs a script and returns what it returns. */
    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Lets the system prefer a theme: {@code light} or {@code dark}. */
    void prefer(String theme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
    }

    /** Makes the page so wide; a phone has 390 pixels. */
    void width(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    /** Takes a picture of what is seen. */
    void picture(Path file) throws IOException {
        Map<String, Object> shot = driver.executeCdpCommand("Page.captureScreenshot", Map.of("format", "png"));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, Base64.getDecoder().decode(String.valueOf(shot.get("data"))));
    }

    /** What the console complained about since it was last asked. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>(kept);
        kept.clear();
        entries(LogType.BROWSER).stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .forEach(complaints::add);
        return complaints;
    }

    /** What was asked of the network since this was last asked, files of the site apart. */
    List<String> requests() throws IOException {
        List<String> asked = new ArrayList<>();
        for (LogEntry entry : entries(LogType.PERFORMANCE)) {
            JsonNode message = Json.MAPPER.readTree(entry.getMessage()).path("message");
            String method = message.path("method").asText();
            String url = method.equals("Network.requestWillBeSent")
                    ? message.path("params").path("request").path("url").asText()
                    : method.equals("Network.webSocketCreated")
                            ? message.path("params").path("url").asText()
                            : "";
            if (!url.isEmpty() && LOCAL.stream().noneMatch(url::startsWith)) {
                asked.add(url);
            }
        }
        return asked;
    }

    private List<LogEntry> entries(String type) {
        return driver.manage().logs().get(type).getAll();
    }

    /** Accessibility faults that axe calls serious or critical, each with the elements that have it. */
    List<String> faults() {
        kept.addAll(complaints());
        List<String> faults = new AxeBuilder()
                .analyze(driver).getViolations().stream()
                        .filter(rule -> GRAVE.contains(rule.getImpact()))
                        .map(Chromium::fault)
                        .toList();
        // It reads style sheets once more, which the pages' policy forbids: its complaint, not theirs.
        entries(LogType.BROWSER);
        return faults;
    }

    private static String fault(Rule rule) {
        return rule.getId() + " (" + rule.getImpact() + "): " + rule.getHelp() + " "
                + rule.getNodes().stream().limit(3).map(Object::toString).toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
