/** One HTML file that can be mailed. */
@NullMarked
package dev.etalon.reports.single;

import org.jspecify.annotations.NullMarked;
