/** What happened: validators, versions, operations, histories, and what may be said of them. Depends on nothing else of Etalon. */
@NullMarked
package dev.etalon.core.model;

import org.jspecify.annotations.NullMarked;
