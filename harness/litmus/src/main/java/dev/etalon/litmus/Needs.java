package dev.etalon.litmus;

import dev.etalon.core.plan.Capability;
import dev.etalon.core.plan.Protocol;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a target must have for a litmus test to be run on it; a test without it is run on every target. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Needs {
    /** What it must claim. */
    Capability[] value() default {};

    /** The protocols it may speak. */
    Protocol[] protocol() default {Protocol.HTTP, Protocol.S3};

    /** How many endpoints it must have. */
    int endpoints() default 1;
}
