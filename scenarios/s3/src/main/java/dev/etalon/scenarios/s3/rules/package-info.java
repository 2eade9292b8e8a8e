/** What Amazon S3 owes to one client that sends conditional requests. */
@NullMarked
package dev.etalon.scenarios.s3.rules;

import org.jspecify.annotations.NullMarked;
