/** The closing table on the console. */
@NullMarked
package dev.etalon.reports.console;

import org.jspecify.annotations.NullMarked;
