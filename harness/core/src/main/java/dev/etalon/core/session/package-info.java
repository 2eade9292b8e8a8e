/** The whole pipeline for scenario x target cells: start, guard, run, judge, store, hand to the reporters. */
@NullMarked
package dev.etalon.core.session;

import org.jspecify.annotations.NullMarked;
