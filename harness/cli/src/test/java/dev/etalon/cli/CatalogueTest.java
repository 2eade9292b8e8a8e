package dev.etalon.cli;

import static dev.etalon.cli.Ended.etalon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.etalon.core.conformance.RuleText;
import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Protocol;
import dev.etalon.core.rule.Example;
import dev.etalon.core.rule.Feature;
import dev.etalon.core.rule.Level;
import dev.etalon.core.rule.Probe;
import dev.etalon.core.rule.Rule;
import dev.etalon.core.rule.RuleBook;
import dev.etalon.core.rule.Step;
import dev.etalon.core.session.ExitCode;
import dev.etalon.core.session.KnownFindings;
import dev.etalon.core.session.KnownFindings.KnownRule;
import dev.etalon.core.session.RuleSession;
import dev.etalon.core.store.RunFolder;
import dev.etalon.core.store.StoredRules;
import dev.etalon.core.target.TargetProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalogue as a whole; the command line sees all books. */
class CatalogueTest {
    private static final Pattern NAME = Pattern.compile("\\{(\\w+)[^}]*}");

    /** The id of a rule, or of something that was asked for. */
    private static final Pattern ID = Pattern.compile(
            "\\b(?:(?:IM|NM|MS|US|IR|PR|VA|CA|PQ|PA|DV|PF|X)-\\d\\d|(?:[CDEGMPR]|SU)\\d\\d|G[QVR]\\d+)\\b");

    /** What every rule may name: see Send. */
    private static final Set<String> ALWAYS = Set.of("subject", "key", "bucket", "base", "X", "Y", "E", "LM", "md5");

    static List<Rule> catalogue() {
        return RuleSession.catalogue();
    }

    @Test
    void idsAreUniqueAndBothProtocolsHaveRules() {
        assertThat(catalogue()).extracting(Rule::id).doesNotHaveDuplicates();
        assertThat(catalogue()).extracting(Rule::protocol).contains(Protocol.HTTP, Protocol.S3);
    }

    @Test
    void whatATargetIsKnownToBreakIsARuleOfItsProtocolMeasuredOnItsVersion() {
        for (TargetProvider target : ServiceLoader.load(TargetProvider.class)) {
            KnownFindings known =
                    KnownFindings.of(target.info().name(), target.getClass().getClassLoader());
            assertThat(known.rules()).extracting(KnownRule::rule).doesNotHaveDuplicates();
            assertThat(known.rules()).allSatisfy(broken -> {
                assertThat(target.info().product()).contains(broken.version());
                assertThat(catalogue())
                        .filteredOn(rule -> rule.id().equals(broken.rule()))
                        .as(target.info().name() + " " + broken.rule())
                        .singleElement()
                        .satisfies(rule -> assertThat(rule.protocol())
                                .isEqualTo(target.info().protocol()));
            });
        }
    }

    @Test
    void everyRuleIsOfASeries() {
        assertThat(catalogue())
                .allSatisfy(rule -> assertThat(RuleSession.series())
                        .as(rule.id())
                        .containsKey(rule.id().replaceFirst("\\d+$", "")));
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void aRuleSaysWhatIsOwedAndWhoSaysSo(Rule rule) {
        assertThat(rule.title()).isNotBlank().doesNotEndWith(".");
        assertThat(rule.source()).isNotBlank();
        assertThat(rule.examples()).isNotEmpty();
        assertThat(rule.level() == Level.DIALECT).isEqualTo(!rule.dialects().isEmpty());
        assertThat(rule.examples()).extracting(Example::name).doesNotHaveDuplicates();
        assertThat(RuleText.of(rule)).contains(rule.id(), rule.title(), rule.source(), "when", "then");
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void aRuleNamesOnlyWhatIsKnownWhenItIsSent(Rule rule) {
        for (Example example : rule.examples()) {
            Set<String> known = new HashSet<>(ALWAYS);
            for (Feature feature : rule.needs()) {
                feature.probe().forEach(step -> check(rule, step, known));
            }
            example.given().forEach(step -> check(rule, step, known));
            assertThat(names(example.when() + " " + example.when().body() + " " + example.then()))
                    .as(rule.id() + " " + example.name())
                    .isSubsetOf(known);
        }
    }

    private static void check(Rule rule, Step step, Set<String> known) {
        step.keeps().forEach(keep -> known.add(keep.name()));
        assertThat(names(step + " " + step.send().body())).as(rule.id()).isSubsetOf(known);
    }

    private static Set<String> names(String text) {
        return NAME.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
    }

    @Test
    void whatTheReferenceListsAskForIsARuleOrSaysWhyItIsNone() throws IOException {
        Set<String> known = catalogue().stream().map(Rule::id).collect(Collectors.toCollection(TreeSet::new));
        notInTheCatalogue().forEach(row -> known.add(row.id()));

        assertThat(known).as("ids in the catalogue or in docs/rules.md").containsAll(referenceIds());
    }

    @Test
    void whatIsSaidToBeNoRuleIsNone() throws IOException {
        Set<String> rules = catalogue().stream().map(Rule::id).collect(Collectors.toSet());
        List<NoRule> rows = notInTheCatalogue();

        assertThat(rows).extracting(NoRule::id).doesNotHaveDuplicates().doesNotContainAnyElementsOf(rules);
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.why()).as(row.id() + ", why not").isNotBlank();
            assertThat(row.where()).as(row.id() + ", where instead").isNotBlank();
        });
    }

    @Test
    void whereARowPointsToAnIdThereIsARuleOrAnotherRow() throws IOException {
        Set<String> known = catalogue().stream().map(Rule::id).collect(Collectors.toSet());
        notInTheCatalogue().forEach(row -> known.add(row.id()));

        assertThat(notInTheCatalogue())
                .allSatisfy(row -> assertThat(known)
                        .as(row.id() + " points to " + row.where())
                        .containsAll(ID.matcher(row.where())
                                .results()
                                .map(MatchResult::group)
                                .toList()));
    }

    /** A row of the table "Not in the catalogue". */
    private record NoRule(String id, String why, String where) {}

    private static Set<String> referenceIds() throws IOException {
        try (InputStream in = CatalogueTest.class.getResourceAsStream("reference-ids.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .flatMap(line -> Stream.of(line.split(" ")))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static List<NoRule> notInTheCatalogue() throws IOException {
        List<NoRule> rows = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("../../docs/rules.md"))) {
            String[] cells = line.split("\\s*\\|\\s*", -1);
            // Several ids may stand in one cell; the head of a table has none.
            for (String id : cells.length == 5 ? cells[1].split(",\\s*") : new String[0]) {
                if (ID.matcher(id).matches()) {
                    rows.add(new NoRule(id, cells[2], cells[3]));
                }
            }
        }
        return rows;
    }

    @Test
    void withoutATargetTheCatalogueIsPrintedAScreenAtFirst() {
        Ended screen = etalon("rules");
        Ended all = etalon("rules", "--rule", "IM-");
        Ended one = etalon("rules", "--rule", "P09", "--details");

        assertThat(screen.code()).isEqualTo(ExitCode.VALID.code());
        assertThat(screen.text().lines()).hasSizeLessThan(25).anyMatch(line -> line.endsWith("29 rules  If-Match"));
        assertThat(all.text().lines()).hasSize(29).allMatch(line -> line.startsWith("IM-"));
        assertThat(one.text()).contains("level    DOCUMENTED").contains("then     404");
    }

    @Test
    void aRuleOrTargetNobodyKnowsIsWrongUsage() {
        assertThat(etalon("rules", "--rule", "ZZ").code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(etalon("rules", "--target", "nowhere").code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(etalon("rules", "--target", "tomcat", "--repetitions", "0").code())
                .isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    void aFaithfulServerEndsWithZeroAndAnUnfaithfulOneWithTheWitness() {
        Ended faithful = etalon("rules", "--target", "reference-http", "--rule", "IM-21", "--repetitions", "2");
        Ended tomcat = etalon("rules", "--target", "tomcat", "--rule", "IM-22", "--repetitions", "2");

        assertThat(faithful.text()).contains("PASS           IM-21", "1 of 1 rules asked, 0 broken");
        assertThat(faithful.code()).isEqualTo(ExitCode.VALID.code());
        assertThat(tomcat.text()).contains("FAIL           IM-22", "    > GET /etalon-", "    < 412");
        assertThat(tomcat.code()).isEqualTo(ExitCode.ANOMALY.code());
    }

    @Test
    void aRuleIsAskedAgainUnderLoadAndWhatCameOfItIsStored(@TempDir Path runs) throws IOException {
        Ended loaded = etalon(
                "rules",
                "--target",
                "reference-http",
                "--rule",
                "IM-02",
                "--repetitions",
                "20",
                "--load",
                "3",
                "--runs",
                runs.toString());
        Ended quiet = etalon(
                "rules",
                "--target",
                "reference-http",
                "--rule",
                "IM-02",
                "--repetitions",
                "20",
                "--load",
                "0",
                "--runs",
                runs.toString());

        assertThat(loaded.text())
                .contains("[0 other answers in 20: under 14 % at 95 %; under load 0 in 20: under 14 %");
        assertThat(quiet.text()).contains("[0 other answers in 20: under 14 % at 95 %]");
        try (Stream<Path> files = Files.walk(runs)) {
            List<Path> stored = files.filter(file -> file.endsWith(RunFolder.RULES))
                    .sorted()
                    .toList();
            assertThat(stored).hasSize(2);
            assertThat(loaded.text()).contains("stored: " + stored.get(0));
            assertThat(StoredRules.read(stored.get(0)).run().load()).isEqualTo(3);
        }
    }

    @Test
    void aLoadNobodyCanMakeIsWrongUsage() {
        assertThat(etalon("rules", "--target", "tomcat", "--load", "65").code()).isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    void whatAServerDoesWithConditionsIsFoundOut(@TempDir Path runs) {
        Ended faithful = etalon(
                "rules",
                "--target",
                "reference-http",
                "--capabilities",
                "--repetitions",
                "2",
                "--runs",
                runs.toString());

        assertThat(faithful.text())
                .contains(
                        "  If-Match             honoured  honoured  honoured  honoured",
                        "  If-Modified-Since    ignored   ignored   honoured  honoured")
                .doesNotContain("claimed");
        assertThat(faithful.code()).isEqualTo(ExitCode.VALID.code());
        assertThat(runs.resolve("report/junit.xml"))
                .content()
                .as("no rule was asked, so there is no case")
                .contains("<testsuites")
                .doesNotContain("<testsuite ");
    }

    static List<Probe> probes() {
        return ServiceLoader.load(RuleBook.class).stream()
                .flatMap(book -> book.get().probes().stream())
                .toList();
    }

    @Test
    void aProbeIsAskedOnceForEachOperationAndConditionOfAProtocol() {
        assertThat(probes())
                .extracting(probe -> probe.rule().protocol() + " " + probe.name())
                .doesNotHaveDuplicates();
        assertThat(probes())
                .as("every capability that can be claimed is asked for")
                .flatExtracting(probe -> probe.capability().stream().toList())
                .contains(Capability.values());
    }

    @ParameterizedTest
    @MethodSource("probes")
    void aProbeNamesOnlyWhatIsKnownWhenItIsSent(Probe probe) {
        aRuleNamesOnlyWhatIsKnownWhenItIsSent(probe.rule());
    }

    @Test
    void aTargetThatCannotBeReachedIsUnavailable() {
        assertThat(etalon("rules", "--url", "http://127.0.0.1:9/", "--rule", "IM-01")
                        .code())
                .isEqualTo(ExitCode.TARGET_UNAVAILABLE.code());
    }
}
