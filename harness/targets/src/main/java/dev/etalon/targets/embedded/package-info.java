/** Real servers inside this virtual machine, for machines without a container engine. */
@NullMarked
package dev.etalon.targets.embedded;

import org.jspecify.annotations.NullMarked;
