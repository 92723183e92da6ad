/** Micro-benchmarks, run by {@code bin/dynamirror-bench jmh}. */
@NullMarked
package dev.dynamirror.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
