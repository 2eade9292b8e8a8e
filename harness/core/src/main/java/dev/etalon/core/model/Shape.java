package dev.etalon.core.model;

import java.util.Collection;
import java.util.List;

/**
 * One row of the table of outcomes: a shape that rounds had, and how it is to be taken.
 *
 * @param outcome who won and what the others were told, as {@code fresh: 1 won, others 412}
 * @param count rounds that had this shape, 1 and up
 * @param share of all raced rounds, 0..1
 * @param grade how it is to be taken
 * @param description why, in a sentence a maintainer understands
 */
public record Shape(String outcome, int count, double share, Grade grade, String description) {
    /** Those of a grade, in their order. */
    public static List<Shape> of(Grade grade, Collection<Shape> shapes) {
        return shapes.stream().filter(shape -> shape.grade() == grade).toList();
    }

    /** How many rounds had one of them. */
    public static long rounds(Collection<Shape> shapes) {
        return shapes.stream().mapToLong(Shape::count).sum();
    }
}
