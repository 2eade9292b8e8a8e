/** Any server the user names by its URL. */
@NullMarked
package dev.etalon.targets.external;

import org.jspecify.annotations.NullMarked;
