package dev.etalon.junit;

import dev.etalon.core.plan.Budget;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Runs a method once for every scenario on every target of its protocol, each as a test of its own named {@code
 * <scenario> on <target>}. The method takes a {@link RaceResult}: by then the race has been run, judged and reported.
 *
 * <p>Scenarios and targets are those on the class path, as far as {@code etalon.scenarios} and {@code etalon.targets}
 * select them.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ResourceLock(RaceTest.SESSION)
@ExtendWith(RaceExtension.class)
public @interface RaceTest {
    /** Races never run side by side: each would be the other's unplanned load. */
    String SESSION = "dev.etalon.session";

    /** How many rounds a race has, 1 or more, where {@code etalon.rounds} does not say. */
    int rounds() default Budget.DEFAULT_ROUNDS;

    /** How many acknowledged increments each client of a closed loop has, 1 or more, where {@code etalon.increments} does not say. */
    int increments() default Budget.DEFAULT_INCREMENTS;

    /** Targets that take no part where {@code etalon.targets} does not say: slow ones in a build that is to be short, say. */
    String[] leaveOut() default {};
}
