/** Allure results: what a cell did, attached to the test that ran it. */
@NullMarked
package dev.etalon.reports.allure;

import org.jspecify.annotations.NullMarked;
