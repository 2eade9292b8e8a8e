package dev.etalon.junit;

import dev.etalon.core.conformance.RuleRun;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Runs a method once for every rule on every target of its protocol, each as a test of its own named {@code <rule> on
 * <target>: <title>}. The method takes a {@link RuleResult}. All rules are put to a target when its first test runs, which
 * therefore takes the longest.
 *
 * <p>Rules and targets are those on the class path, as far as {@code etalon.rules} and {@code etalon.targets} select them.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ResourceLock(RaceTest.SESSION)
@ExtendWith(RuleExtension.class)
public @interface RuleTest {
    /** How often each example is put to a target at rest, 1 or more, where {@code etalon.repetitions} does not say. */
    int repetitions() default RuleRun.REPETITIONS;

    /** How many workers keep it busy when it is asked again; 0 for not asking again. {@code etalon.load} wins. */
    int load() default RuleRun.LOAD;

    /** Targets that take no part where {@code etalon.targets} does not say: slow ones in a build that is to be short, say. */
    String[] leaveOut() default {};
}
