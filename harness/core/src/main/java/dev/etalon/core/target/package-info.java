/** What it is done to: the SPI between the runner and a server under test. */
@NullMarked
package dev.etalon.core.target;

import org.jspecify.annotations.NullMarked;
