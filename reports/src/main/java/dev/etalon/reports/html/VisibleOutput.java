package dev.etalon.reports.html;

import gg.jte.TemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import org.jspecify.annotations.Nullable;

/**
 * Writes what templates show. Every value passes through here, so no template can forget it: markup is escaped for the place
 * it stands in, characters that cannot be seen or that turn the text around are named, and what is too long is cut with a
 * notice.
 */
final class VisibleOutput extends OwaspHtmlTemplateOutput {
    VisibleOutput(TemplateOutput output) {
        super(output);
    }

    @Override
    public void writeUserContent(@Nullable String value) {
        if (value != null) {
            super.writeUserContent(Visible.of(value));
        }
    }
}
