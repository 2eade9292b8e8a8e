/** Races over plain HTTP (RFC 9110). */
@NullMarked
package dev.etalon.scenarios.http;

import org.jspecify.annotations.NullMarked;
