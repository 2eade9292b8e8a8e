package dev.etalon.reports.html;

import dev.etalon.core.report.StoredRace;
import java.io.IOException;
import java.util.List;

/**
 * Writes the pages of the anomalies of a run. Found through {@link java.util.ServiceLoader}; needs a public constructor
 * without parameters, and keeps no state.
 */
public interface AnomalyPages {
    /**
     * Writes at most {@link Site#ANOMALIES_MAX} pages, named by {@link Site#anomaly}. A run whose history cannot be read has
     * none: that is told by returning none, and never thrown.
     *
     * @param race a run whose verdict tells of anomalies
     * @return what was written, the first anomaly first
     * @throws IOException when the disk does not take it
     */
    List<Proof> write(Site site, StoredRace race) throws IOException;

    /**
     * An anomaly that has a page.
     *
     * @param path of its page
     * @param code of the anomaly, {@code A1}
     * @param title of the anomaly
     * @param where in which round, on which key, for a link's text
     * @param explanation what follows from the witness
     */
    record Proof(String path, String code, String title, String where, String explanation) {}
}
