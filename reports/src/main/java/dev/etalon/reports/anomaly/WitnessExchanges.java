package dev.etalon.reports.anomaly;

import dev.etalon.core.check.Lanes;
import dev.etalon.core.model.Finding;
import dev.etalon.core.model.History;

/** The requests and answers of a witness as text, for wherever text can be shown and a page cannot. */
public final class WitnessExchanges {
    private WitnessExchanges() {}

    /**
     * One after the other, in the order of the proof; without credentials, and harmless whatever the server sent.
     *
     * @param url where the requests went; may hold anything
     */
    public static String of(Finding finding, History history, String url) {
        Lanes lanes = Lanes.of(finding, history);
        Address address = Address.of(url, history.origin().scenario());
        StringBuilder text = new StringBuilder();
        for (Lanes.Bar bar : lanes.witness()) {
            Rebuilt exchange = Rebuilt.of(bar, lanes, history.origin(), address);
            text.append(exchange.mark())
                    .append("  ")
                    .append(exchange.heading())
                    .append(": ")
                    .append(exchange.verdict())
                    .append(", ")
                    .append(exchange.times())
                    .append('\n');
            exchange.request().forEach(line -> text.append("   > ").append(line).append('\n'));
            exchange.answer().forEach(line -> text.append("   < ").append(line).append('\n'));
            text.append('\n');
        }
        return text.toString();
    }
}
