/** What will be done: scenarios turned into immutable plans from one seed. */
@NullMarked
package dev.etalon.core.plan;

import org.jspecify.annotations.NullMarked;
