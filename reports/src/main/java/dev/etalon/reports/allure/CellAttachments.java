package dev.etalon.reports.allure;

import dev.etalon.core.check.OutcomeText;
import dev.etalon.core.check.StrategyText;
import dev.etalon.core.check.WitnessText;
import dev.etalon.core.model.Anomaly;
import dev.etalon.core.model.Finding;
import dev.etalon.core.session.CellResult;
import dev.etalon.reports.anomaly.TimelineSvg;
import dev.etalon.reports.anomaly.WitnessExchanges;
import io.qameta.allure.AllureLifecycle;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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
        attachments.add(
                "history", "text/tab-separated-values", ".tsv", attachments.capped(HistoryTable.of(run.history())));
        String log = run.serverLog();
        attachments.text("server log", log.isEmpty() ? "The server logged nothing.\n" : log);
        attachments.text(
                "where", run.version() + "\n" + run.url() + "\n" + run.folder().path() + "\n");
    }

    private void proofs() {
        List<Finding> findings = run.verdict().findings();
        StringBuilder witnesses = new StringBuilder();
        StringBuilder exchanges = new StringBuilder();
        for (Finding finding : findings.stream().limit(WITNESSES_MAX).toList()) {
            witnesses.append(WitnessText.of(finding, run.plan(), run.history())).append('\n');
            exchanges
                    .append(finding.anomaly().label())
                    .append(", round ")
                    .append(finding.round())
                    .append('\n')
                    .append(WitnessExchanges.of(finding, run.history(), run.url()));
        }
        if (findings.size() > WITNESSES_MAX) {
            witnesses
                    .append("… ")
                    .append(findings.size() - WITNESSES_MAX)
                    .append(" more are in the run folder, see where\n");
        }
        text("witness", witnesses.toString());
        text("HTTP exchange", exchanges.toString());
        // One picture for each anomaly: more of them say the same over and over again.
        Set<Anomaly> pictured = EnumSet.noneOf(Anomaly.class);
        for (Finding finding : findings) {
            if (pictured.add(finding.anomaly())) {
                add(
                        "timeline of " + finding.anomaly().label(),
                        "image/svg+xml",
                        ".svg",
                        TimelineSvg.of(finding, run.history()));
            }
        }
    }

    private void text(String name, String text) {
        if (!text.isEmpty()) {
            add(name, "text/plain", ".txt", capped(text));
        }
    }

    private String capped(String text) {
        return text.length() <= CHARS_MAX
                ? text
                : text.substring(0, CHARS_MAX) + "\n… " + (text.length() - CHARS_MAX)
                        + " more characters are in the run folder: "
                        + run.folder().path() + "\n";
    }

    private void add(String name, String type, String extension, String content) {
        allure.addAttachment(name, type, extension, content.getBytes(StandardCharsets.UTF_8));
    }
}
