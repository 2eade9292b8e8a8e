/** The harness's own concurrent parts under stress: what they promise, and variants that break it. */
@NullMarked
package dev.etalon.stress;

import org.jspecify.annotations.NullMarked;
