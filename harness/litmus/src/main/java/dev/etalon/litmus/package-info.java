/** What a jcstress test of a live server is written with; lives in the virtual machines that jcstress forks. */
@NullMarked
package dev.etalon.litmus;

import org.jspecify.annotations.NullMarked;
