/** Contenders, each in a JVM of its own: who writes the same rows to the same stub, and what that costs. */
@NullMarked
package dev.dynamirror.benchmarks.worker;

import org.jspecify.annotations.NullMarked;
