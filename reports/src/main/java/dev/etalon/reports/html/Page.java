package dev.etalon.reports.html;

import java.util.List;

/**
 * What every page has, whatever is on it. The parameter {@code page} of the template {@code layout.jte}.
 *
 * @param path of the file within the site, with {@code /}, for example {@code targets/tomcat.html}; a name made by {@link
 *     Site}
 * @param title the heading, and what the browser's tab says
 * @param crumbs the pages above it, the uppermost first; without the index, which is above all of them
 * @param assets names of style sheets ({@code .css}) and scripts ({@code .js}) in {@code assets/} that it needs beside those
 *     of every page; see {@link Site#asset}
 */
public record Page(String path, String title, List<Crumb> crumbs, List<String> assets) {
    public Page {
        crumbs = List.copyOf(crumbs);
        assets = List.copyOf(assets);
    }

    /** A page that needs no files of its own. */
    public Page(String path, String title, List<Crumb> crumbs) {
        this(path, title, crumbs, List.of());
    }

    /** A page above this one. */
    public record Crumb(String path, String title) {}

    /** How this page names another file of the site. */
    public String href(String other) {
        return "../".repeat((int) path.chars().filter(c -> c == '/').count()) + other;
    }

    /** Whether this is where everybody begins. */
    public boolean index() {
        return path.equals(Site.INDEX);
    }
}
