/** The rules of plain HTTP on servers that keep them, and on servers that do not. */
@NullMarked
package dev.etalon.scenarios.http.rules;

import org.jspecify.annotations.NullMarked;
