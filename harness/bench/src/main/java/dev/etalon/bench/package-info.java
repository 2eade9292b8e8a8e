/** What the judge costs: a generator of histories, benchmarks, the bars of the design, and other checkers beside ours. */
@NullMarked
package dev.etalon.bench;

import org.jspecify.annotations.NullMarked;
