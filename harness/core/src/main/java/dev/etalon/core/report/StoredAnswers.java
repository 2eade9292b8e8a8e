package dev.etalon.core.report;

import dev.etalon.core.store.StoredRules;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The rules that were put to one target on one occasion, and what came of them.
 *
 * @param folder where they lie
 * @param begun when they were put
 * @param rules what came of them
 */
public record StoredAnswers(Path folder, Instant begun, StoredRules rules) {
    /** The target's name. */
    public String target() {
        return rules.target().name();
    }
}
