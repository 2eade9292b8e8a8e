/** JUnit Jupiter: one test per scenario and target, or per rule and target; and samples that need processor time. */
@NullMarked
package dev.etalon.junit;

import org.jspecify.annotations.NullMarked;
