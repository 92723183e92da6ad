/** The contenders that are Flink jobs; they need Flink and nothing else, so that they run with any sink on the class path. */
@NullMarked
package dev.dynamirror.benchmarks.flink;

import org.jspecify.annotations.NullMarked;
