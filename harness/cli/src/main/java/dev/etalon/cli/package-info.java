/** The command line: options in, exit code out. Nobody imports it. */
@NullMarked
package dev.etalon.cli;

import org.jspecify.annotations.NullMarked;
