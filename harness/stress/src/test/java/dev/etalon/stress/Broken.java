package dev.etalon.stress;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a jcstress test of a variant that is wrong on purpose: its promise must be seen broken.
 *
 * <p>Where it can, such a variant gives its processor away between the two steps that should be one. What is wrong then
 * shows at once, also on a machine where the actors take turns.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Broken {
    /** What is wrong with it, one clause. */
    String value();
}
