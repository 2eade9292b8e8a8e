/** The rules and what became of them on every target, as one table of text. */
@NullMarked
package dev.etalon.reports.matrix;

import org.jspecify.annotations.NullMarked;
