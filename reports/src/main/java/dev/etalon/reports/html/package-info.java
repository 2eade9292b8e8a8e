/** The site: pages that a person reads without a server and without a network. */
@NullMarked
package dev.etalon.reports.html;

import org.jspecify.annotations.NullMarked;
