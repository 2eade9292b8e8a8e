/** A page for each anomaly: what it means, the proof, a picture of it, and how to see it again. */
@NullMarked
package dev.etalon.reports.anomaly;

import org.jspecify.annotations.NullMarked;
