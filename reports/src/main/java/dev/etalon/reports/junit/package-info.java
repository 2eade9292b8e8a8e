/** JUnit XML, for build servers: a suite for each target, a case for each cell and each rule. */
@NullMarked
package dev.etalon.reports.junit;

import org.jspecify.annotations.NullMarked;
