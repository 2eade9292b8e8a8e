/** Real servers in containers of ours, through Testcontainers. */
@NullMarked
package dev.etalon.targets.container;

import org.jspecify.annotations.NullMarked;
