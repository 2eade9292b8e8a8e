package dev.etalon.scenarios.litmus;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom among litmus tests and what they are made of. */
@AnalyzeClasses(
        packages = {"dev.etalon.litmus", "dev.etalon.scenarios.litmus"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class LitmusArchitectureTest {
    @ArchTest
    static final ArchRule A_TEST_ONLY_RACES = classes()
            .that()
            .resideInAPackage("dev.etalon.scenarios.litmus")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.etalon.scenarios.litmus",
                    "dev.etalon.litmus",
                    "dev.etalon.core.model",
                    "dev.etalon.core.plan",
                    "org.openjdk.jcstress..",
                    "java..",
                    "org.jspecify..")
            .because("what a test is run on, and how it is judged, is the same for all of them");

    @ArchTest
    static final ArchRule RACING_KNOWS_NO_RUNNER = noClasses()
            .that()
            .resideInAPackage("dev.etalon.litmus")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.etalon.litmus.run",
                    "dev.etalon.targets.embedded..",
                    "dev.etalon.targets.container..",
                    "dev.etalon.targets.mutant..",
                    "dev.etalon.targets.reference..")
            .because("it lives in a virtual machine that is forked, and starts nothing");

    @ArchTest
    static final ArchRule THE_RUNNER_KNOWS_NO_SERVER = noClasses()
            .that()
            .resideInAPackage("dev.etalon.litmus.run")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.etalon.targets..", "dev.etalon.scenarios..")
            .because("it is given a target, whichever that is");
}
