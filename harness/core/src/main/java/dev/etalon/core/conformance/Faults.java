package dev.etalon.core.conformance;

import java.util.ArrayList;
import java.util.List;

/**
 * What was not as owed in one repetition: for people with the values of that repetition, and as a class without them, so
 * that repetitions on different names can be told to have gone the same way.
 */
final class Faults {
    private final List<String> sentences = new ArrayList<>();
    private final List<String> classes = new ArrayList<>();

    /** A fault whose sentence holds nothing that differs from one repetition to the next. */
    void add(String sentence) {
        add(sentence, sentence);
    }

    void add(String sentence, String faultClass) {
        sentences.add(sentence);
        classes.add(faultClass);
    }

    boolean isEmpty() {
        return sentences.isEmpty();
    }

    List<String> sentences() {
        return sentences;
    }

    /** All of them in one line, without values. */
    String classes() {
        return String.join("; ", classes);
    }
}
