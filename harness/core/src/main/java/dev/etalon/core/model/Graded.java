package dev.etalon.core.model;

import java.util.List;

/**
 * What another harness than ours made of the samples it raced.
 *
 * @param shapes the outcomes, graded, the most frequent first; samples in which nothing was raced have none
 * @param told samples that count as raced where no history tells: those whose outcome says something definite
 */
public record Graded(List<Shape> shapes, int told) {
    public Graded {
        shapes = List.copyOf(shapes);
    }

    /** How many samples had an outcome. */
    public int samples() {
        return (int) Shape.rounds(shapes);
    }

    /** How many samples had an outcome that is forbidden. */
    public int forbidden() {
        return (int) Shape.rounds(Shape.of(Grade.FORBIDDEN, shapes));
    }
}
