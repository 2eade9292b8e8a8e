/** Everything a report says as JSON, for other programs. */
@NullMarked
package dev.etalon.reports.json;

import org.jspecify.annotations.NullMarked;
