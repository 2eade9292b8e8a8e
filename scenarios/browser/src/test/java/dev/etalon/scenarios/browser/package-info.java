/** The reports, opened in a browser as a person opens them. */
@NullMarked
package dev.etalon.scenarios.browser;

import org.jspecify.annotations.NullMarked;
