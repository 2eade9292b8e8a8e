package dev.etalon.cli;

import dev.etalon.core.session.Session;
import dev.etalon.core.session.SessionSummary;
import dev.etalon.core.target.Settings;
import java.util.List;
import java.util.Map;

/** All that settings select, raced within the test. */
final class Raced {
    private Raced() {}

    /** What became of each cell, without any report. */
    static SessionSummary summary(Map<String, String> settings) {
        Session session = new Session(Settings.of(settings), List.of());
        try (session) {
            session.cells().forEach(session::run);
        }
        return session.summary();
    }
}
