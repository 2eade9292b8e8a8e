package dev.etalon.core.model;

/** How an outcome is to be taken, in the words of jcstress. */
public enum Grade {
    /** As promised. */
    ACCEPTABLE,
    /** Allowed, but worth knowing: clients must cope with it. */
    ACCEPTABLE_INTERESTING,
    /** Breaks the promise. */
    FORBIDDEN,
    /** Nobody wrote down what to expect; that fails until somebody does. */
    UNKNOWN
}
