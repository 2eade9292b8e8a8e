package dev.etalon.reports.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gg.jte.Content;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {
    @TempDir
    Path folder;

    @Test
    void everyPageSaysWhereItStandsAndLoadsNothingFromElsewhere() throws Exception {
        Site site = Site.in(folder);
        Page page = new Page(Site.target("a <b>"), "a <b>", List.of(new Page.Crumb("runs/x.html", "Runs")));
        site.write(page, "layout", Map.of("content", (Content) output -> output.writeUserContent("<script>")));
        assertThat(folder.resolve("targets/a_20_3cb_3e.html"))
                .content()
                .contains("<title>a &lt;b&gt; · Etalon</title>")
                .contains("default-src 'none'")
                .contains("href=\"../assets/etalon.css\"")
                .contains("<a href=\"../runs/x.html\">Runs</a>")
                .contains("&lt;script&gt;")
                .doesNotContain("<script>")
                .doesNotContain("://");
        assertThat(folder.resolve("assets/theme.js")).exists();
    }

    @Test
    void aNameThatPointsElsewhereStaysInTheFolder() throws Exception {
        assertThat(Site.target("../../etc/passwd")).isEqualTo("targets/_2e._2f.._2fetc_2fpasswd.html");
        Site site = Site.in(folder);
        assertThatThrownBy(() -> site.write(
                        new Page("../x.html", "x", List.of()), "layout", Map.of("content", (Content) o -> {})))
                .hasMessageContaining("within its site");
        assertThat(Files.exists(folder.resolveSibling("x.html"))).isFalse();
    }
}
