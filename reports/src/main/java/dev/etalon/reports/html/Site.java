package dev.etalon.reports.html;

import dev.etalon.core.report.StoredRace;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import gg.jte.output.WriterOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Writes pages into a folder, and knows the name of every one of them, so that pages can point to each other. The same
 * thing has the same name in every report. Not thread-safe.
 */
public final class Site {
    /** Where everybody begins. */
    public static final String INDEX = "index.html";

    /** Anomalies of one race that get a page; of the others only the number is told. */
    public static final int ANOMALIES_MAX = 20;

    private static final String TEMPLATES = "dev.etalon.reports.html.templates";
    private static final String ASSETS = "assets/";

    private static final int NAME_CHARACTERS_MAX = 160;

    private final Path folder;
    private final TemplateEngine engine;

    private Site(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        this.engine = engine();
    }

    private static TemplateEngine engine() {
        return TemplateEngine.createPrecompiled(null, ContentType.Html, Site.class.getClassLoader(), TEMPLATES);
    }

    /**
     * What a template makes of a model, for what is no page of a site. Markup and what cannot be seen are escaped as on pages.
     *
     * @param template its name, without {@code .jte}
     * @param model its parameters, by name
     */
    public static String text(String template, Map<String, ?> model) {
        StringOutput out = new StringOutput();
        engine().render(template + ".jte", Map.copyOf(model), new VisibleOutput(out));
        return out.toString();
    }

    /**
     * A site in a folder that exists, with the files that every page needs.
     *
     * @throws IOException when the disk does not take them
     */
    public static Site in(Path folder) throws IOException {
        Site site = new Site(folder);
        for (String name : List.of("theme.js", "etalon.css")) {
            site.asset(Site.class, name);
        }
        return site;
    }

    /** The page of a target. */
    public static String target(String name) {
        return "targets/" + fileName(name) + ".html";
    }

    /** The page of a rule. */
    public static String rule(String id) {
        return "rules/" + fileName(id) + ".html";
    }

    /** The page of a run. */
    public static String run(StoredRace race) {
        return "runs/" + fileName(race.id()) + ".html";
    }

    /**
     * The page of an anomaly.
     *
     * @param number 1 for the first that was found, up to {@link #ANOMALIES_MAX}
     */
    public static String anomaly(StoredRace race, int number) {
        return String.format(Locale.ROOT, "anomalies/%s-%03d.html", fileName(race.id()), number);
    }

    /** The place of a target on a page that tells of several; a fragment without its {@code #}. */
    public static String anchor(String target) {
        return "target-" + fileName(target);
    }

    /**
     * A name that is safe as a file name and needs no escaping in an address: names come from folders and files that
     * anybody may have written.
     */
    static String fileName(String name) {
        StringBuilder safe = new StringBuilder();
        name.chars().forEach(c -> {
            if (c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || (c == '.' && safe.length() > 0))) {
                safe.append((char) c);
            } else {
                safe.append('_').append(Integer.toHexString(c));
            }
        });
        // File systems take 255 bytes, and names of runs are made of three.
        return safe.length() <= NAME_CHARACTERS_MAX
                ? safe.toString()
                : safe.substring(0, NAME_CHARACTERS_MAX / 2)
                        + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes a page.
     *
     * @param template its name, without {@code .jte}; it has the parameter {@code page} and those of the model
     * @param model the other parameters, by name
     * @throws IOException when the disk does not take it
     */
    public void write(Page page, String template, Map<String, ?> model) throws IOException {
        Path file = folder.resolve(page.path()).normalize();
        if (!file.startsWith(folder)) {
            throw new IOException("a page lies within its site: path=" + page.path());
        }
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Map<String, Object> all = new LinkedHashMap<>(model);
        all.put("page", page);
        try (Writer out = Files.newBufferedWriter(file)) {
            engine.render(template + ".jte", all, new VisibleOutput(new WriterOutput(out)));
        }
    }

    /**
     * Puts a file of the class path into the site's {@code assets/}.
     *
     * @param owner the class beside which it lies
     * @param name its name, there and in the site
     * @throws IOException when the disk does not take it
     */
    public void asset(Class<?> owner, String name) throws IOException {
        Path file = folder.resolve(ASSETS + name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        try (InputStream in = Objects.requireNonNull(owner.getResourceAsStream(name), name)) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
