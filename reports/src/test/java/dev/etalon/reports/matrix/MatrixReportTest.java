package dev.etalon.reports.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.report.Archive;
import dev.etalon.core.report.StoredAnswers;
import dev.etalon.core.store.StoredRules;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixReportTest {
    private static final String NOON = "2026-01-01T12:00:00Z";

    @TempDir
    Path folder;

    private static StoredAnswers answers(
            String target, String product, List<StoredRules.Rule> rules, List<StoredRules.Capability> capabilities) {
        return new StoredAnswers(
                Path.of(target),
                Instant.parse(NOON),
                new StoredRules(
                        1,
                        new StoredRules.Target(target, "EMBEDDED", "HTTP", "rfc9110", product, "http://x/", List.of()),
                        new StoredRules.Run(NOON, NOON, 100, 2, 3, null, Map.of()),
                        rules,
                        capabilities));
    }

    private static StoredRules.Rule rule(String id, String level, String status, boolean broken) {
        return new StoredRules.Rule(
                id, "what " + id + " promises", level, "RFC 9110", status, "", broken, true, List.of());
    }

    private static StoredRules.Capability capability(String state) {
        return new StoredRules.Capability(
                "PUT", "If-Match", state, "", null, null, rule("PUT If-Match", "MUST", "PASS", false));
    }

    private String matrix(StoredAnswers... answers) throws Exception {
        Archive archive = new Archive(List.of(), List.of(answers), List.of(), List.of());
        return Files.readString(new MatrixReport().write(archive, folder));
    }

    @Test
    void everyTargetIsAColumnAndEveryRuleARow() throws Exception {
        String matrix = matrix(
                answers(
                        "careless",
                        "Careless 1",
                        List.of(
                                rule("A-1", "MUST", "FAIL", true),
                                rule("A-2", "SHOULD", "FAIL", false),
                                rule("A-3", "MUST", "FLAPPING", true)),
                        List.of(capability("NOT_OFFERED"))),
                answers(
                        "careful",
                        "Careful 2",
                        List.of(
                                rule("A-1", "MUST", "PASS", false),
                                rule("A-2", "SHOULD", "NOT_SUPPORTED", false),
                                rule("B-1", "HAZARD", "COUNTED", false)),
                        List.of(capability("HONOURED"))));
        try (var golden = getClass().getResourceAsStream("/golden/matrix.md")) {
            assertThat(matrix).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void theLastAnswersOfATargetCount() throws Exception {
        StoredAnswers before = answers("server", "Server 1", List.of(rule("A-1", "MUST", "FAIL", true)), List.of());
        StoredAnswers now = answers("server", "Server 2", List.of(rule("A-1", "MUST", "PASS", false)), List.of());
        assertThat(matrix(before, now)).contains("Server 2").doesNotContain("Server 1", "**no**");
    }

    @Test
    void whatAServerCallsItselfCannotBreakTheTable() throws Exception {
        String hostile = "<script>alert(1)</script> | x\n| [a](b) \u001b[31m \u202e" + "y".repeat(1_000_000);
        String matrix = matrix(answers("server", hostile, List.of(rule("A-1", "MUST", "PASS", false)), List.of()));
        assertThat(matrix)
                .hasSizeLessThan(1_000)
                .doesNotContain("<script", "\u001b", "\u202e")
                .contains("(cut)");
        assertThat(matrix.lines()
                        .filter(line -> line.contains("script"))
                        .findFirst()
                        .orElseThrow())
                .startsWith("| server | ?script?alert(1)?/script? \\| x?\\|");
    }

    @Test
    void whereNoRuleWasAskedThePageSaysSo() throws Exception {
        assertThat(matrix()).isEqualTo("No rule was put to any target.\n");
    }
}
