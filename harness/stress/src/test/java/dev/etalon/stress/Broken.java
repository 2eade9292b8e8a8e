package dev.etalon.stress;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a jcstress test of a variant that is wrong on purpose: its promise must be seen broken. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Broken {
    /** What is wrong with it, one clause. */
    String value();
}
