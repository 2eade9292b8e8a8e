/** What the reports in text have in common: signs, witnesses and places. */
@NullMarked
package dev.etalon.reports.text;

import org.jspecify.annotations.NullMarked;
