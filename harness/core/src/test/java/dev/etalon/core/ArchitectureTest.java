package dev.etalon.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.stream.Stream;

/** Who may know whom within the core, and why. */
@AnalyzeClasses(packages = "dev.etalon.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.etalon.core.";
    private static final Set<String> PACKAGES =
            Set.of("model", "plan", "check", "store", "target", "run", "session", "rule", "conformance", "report");

    @ArchTest
    static final ArchRule MODEL = only("model").because("everything reads the model, and a history outlives the code");

    @ArchTest
    static final ArchRule PLAN = only("plan", "model").because("a plan is data, fixed before anything runs");

    @ArchTest
    static final ArchRule CHECK =
            only("check", "model", "plan").because("a stored history must be judged without the means to produce one");

    @ArchTest
    static final ArchRule STORE =
            only("store", "model", "plan").because("what is stored must not depend on who recorded or reads it");

    @ArchTest
    static final ArchRule TARGET = only("target", "model", "plan")
            .because("a target is implemented against this package and nothing behind it");

    @ArchTest
    static final ArchRule RUN =
            only("run", "model", "plan", "store", "target").because("a run produces a history and never judges it");

    @ArchTest
    static final ArchRule RULE =
            only("rule", "model", "plan", "target").because("a rule is data, whoever puts it to a server");

    @ArchTest
    static final ArchRule CONFORMANCE = only("conformance", "model", "plan", "target", "rule")
            .because("what one client is owed and what a race shows are different claims");

    @ArchTest
    static final ArchRule REPORT = only("report", "model", "plan", "check", "store")
            .because("whatever a report shows must be there in the folders, years later too");

    @ArchTest
    static final ArchRule LIBRARIES = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "okhttp3..",
                    "io.minio..",
                    "org.testcontainers..",
                    "org.junit..",
                    "io.qameta..",
                    "software.amazon..")
            .because("the core is used with any client, any launcher and any test framework");

    @ArchTest
    static final ArchRule SLEEP = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", long.class, int.class)
            .because("whoever sleeps guesses; wait for the thing itself");

    private ArchitectureTest() {}

    /** A package knows these packages of the core and no other. */
    private static ArchRule only(String name, String... known) {
        Set<String> allowed = Set.of(
                Stream.concat(Stream.of(name), Stream.of(known)).distinct().toArray(String[]::new));
        return noClasses()
                .that()
                .resideInAPackage(ROOT + name)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PACKAGES.stream()
                        .filter(other -> !allowed.contains(other))
                        .map(other -> ROOT + other + "..")
                        .toArray(String[]::new));
    }
}
