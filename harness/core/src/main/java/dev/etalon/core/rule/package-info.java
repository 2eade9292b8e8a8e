/** Sequential rules as data: what one client alone is owed for a conditional request, and who says so. */
@NullMarked
package dev.etalon.core.rule;

import org.jspecify.annotations.NullMarked;
