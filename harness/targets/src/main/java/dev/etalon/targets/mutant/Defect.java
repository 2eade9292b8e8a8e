package dev.etalon.targets.mutant;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What is wrong with a mutant. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Defect {
    /** What it does, in one sentence. */
    String value();

    /** The bug it rebuilds: a public thread, or a server that does so. */
    String like();

    /**
     * What is named first: the code of an anomaly, the id of a rule, or {@code flapping} for answers that change. Where more
     * than one name is right, for it depends on who comes when, the usual one comes first.
     */
    String[] caughtBy();
}
