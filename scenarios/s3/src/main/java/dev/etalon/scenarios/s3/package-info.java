/** Races over the S3 REST API. */
@NullMarked
package dev.etalon.scenarios.s3;

import org.jspecify.annotations.NullMarked;
