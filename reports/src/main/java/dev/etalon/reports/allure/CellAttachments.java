package dev.etalon.reports.allure;

import dev.etalon.core.check.OutcomeText;
import dev.etalon.core.check.StrategyText;
import dev.etalon.core.check.WitnessText;
import dev.etalon.core.model.Finding;
import dev.etalon.core.session.CellResult;
import io.qameta.allure.AllureLifecycle;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a run leaves behind, attached to its test: proofs first, then how it went, then where the rest is. */
final class CellAttachments {
    private static final int WITNESSES_MAX = 20;

    /** Characters beyond which a browser gets slow; the run folder has the whole. */
    private static final int CHARS_MAX = 1_000_000;

    private final AllureLifecycle allure;
    private final CellResult.Run run;

    private CellAttachments(AllureLifecycle allure, CellResult.Run run) {
        this.allure = allure;
        this.run = run;
    }

    static void add(AllureLifecycle allure, CellResult.Run run) {
        CellAttachments attachments = new CellAttachments(allure, run);
        attachments.proofs();
        attachments.text("outcomes", OutcomeText.of(run.verdict().rounds()));
        attachments.text("strategies", StrategyText.of(run.verdict().rounds()));
        attachments.add("history", "text/tab-separated-values", ".tsv", HistoryTable.of(run.history()));
        String log = run.serverLog();
        attachments.text("server log", log.isEmpty() ? "The server logged nothing.\n" : log);
        attachments.text(
                "where", run.version() + "\n" + run.url() + "\n" + run.folder().path() + "\n");
    }

    private void proofs() {
        List<Finding> findings = run.verdict().findings();
        StringBuilder witnesses = new StringBuilder();
        for (Finding finding : findings.stream().limit(WITNESSES_MAX).toList()) {
            witnesses.append(WitnessText.of(finding, run.plan(), run.history())).append('\n');
        }
        if (findings.size() > WITNESSES_MAX) {
            witnesses
                    .append("… ")
                    .append(findings.size() - WITNESSES_MAX)
                    .append(" more are in the run folder, see where\n");
        }
        text("witness", witnesses.toString());
    }

    private void text(String name, String text) {
        if (!text.isEmpty()) {
            add(name, "text/plain", ".txt", text);
        }
    }

    private void add(String name, String type, String extension, String content) {
        String shown = content.length() <= CHARS_MAX
                ? content
                : content.substring(0, CHARS_MAX) + "\n… " + (content.length() - CHARS_MAX)
                        + " more characters are in the run folder: "
                        + run.folder().path() + "\n";
        allure.addAttachment(name, type, extension, shown.getBytes(StandardCharsets.UTF_8));
    }
}
