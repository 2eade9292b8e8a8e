package dev.etalon.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The directions of dependency between modules; the command line sees all of them, so the rules live here. */
@AnalyzeClasses(packages = "dev.etalon", importOptions = ImportOption.DoNotIncludeTests.class)
class ModulesTest {
    @ArchTest
    static final ArchRule NOBODY_IMPORTS_THE_COMMAND_LINE = noClasses()
            .that()
            .resideOutsideOfPackage("dev.etalon.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.etalon.cli..")
            .because("it is the outermost front end: options in, exit code out");

    @ArchTest
    static final ArchRule THE_COMMAND_LINE_KNOWS_ONLY_CORE = noClasses()
            .that()
            .resideInAPackage("dev.etalon.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.etalon.targets..", "dev.etalon.reports..", "dev.etalon.scenarios..")
            .because("targets, reports and scenarios are found through ServiceLoader, so that anybody can add one");

    @ArchTest
    static final ArchRule TARGETS_ONLY_SERVE = noClasses()
            .that()
            .resideInAPackage("dev.etalon.targets..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.etalon.core.run..",
                    "dev.etalon.core.check..",
                    "dev.etalon.core.rule..",
                    "dev.etalon.core.conformance..",
                    "dev.etalon.core.session..",
                    "dev.etalon.core.store..",
                    "dev.etalon.reports..",
                    "dev.etalon.scenarios..")
            .because("a target starts a server and sends requests; what they are for is not its business");

    @ArchTest
    static final ArchRule SCENARIOS_ONLY_PLAN = classes()
            .that()
            .resideInAPackage("dev.etalon.scenarios..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.etalon.scenarios..",
                    "dev.etalon.core.plan..",
                    "dev.etalon.core.rule..",
                    "java..",
                    "org.jspecify..")
            .because("running and judging are the same for every scenario and every rule");

    @ArchTest
    static final ArchRule REPORTS_ONLY_READ = noClasses()
            .that()
            .resideInAPackage("dev.etalon.reports..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.etalon.core.run..", "dev.etalon.targets..", "dev.etalon.scenarios..")
            .because("a report shows what is stored, and can be made again from it");
}
