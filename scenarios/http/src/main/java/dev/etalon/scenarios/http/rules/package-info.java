/** What RFC 9110 owes to one client that sends conditional requests. */
@NullMarked
package dev.etalon.scenarios.http.rules;

import org.jspecify.annotations.NullMarked;
