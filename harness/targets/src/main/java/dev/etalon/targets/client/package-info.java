/** What sends the requests: OkHttp with every convenience switched off, and SigV4 on top of it for S3. */
@NullMarked
package dev.etalon.targets.client;

import org.jspecify.annotations.NullMarked;
