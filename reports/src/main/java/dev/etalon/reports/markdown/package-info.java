/** A summary for a pull request or a job's page. */
@NullMarked
package dev.etalon.reports.markdown;

import org.jspecify.annotations.NullMarked;
