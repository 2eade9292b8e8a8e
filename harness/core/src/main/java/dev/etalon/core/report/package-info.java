/** What stored folders tell, read once for every report; and the SPI of those reports. */
@NullMarked
package dev.etalon.core.report;

import org.jspecify.annotations.NullMarked;
