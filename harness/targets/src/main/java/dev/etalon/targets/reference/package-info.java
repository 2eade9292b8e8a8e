/**
 * The faithful server: RFC 9110 conditional requests and a subset of the S3 API, linearizable, small enough to be read
 * as a specification that runs.
 */
@NullMarked
package dev.etalon.targets.reference;

import org.jspecify.annotations.NullMarked;
