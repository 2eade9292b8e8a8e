/** Free runs on every embedded server for as long as wanted, each judged. */
@NullMarked
package dev.etalon.scenarios.soak;

import org.jspecify.annotations.NullMarked;
