/** The command {@code bin/dynamirror-bench}: starts the stub and the contenders, and lets them take turns. */
@NullMarked
package dev.dynamirror.benchmarks.run;

import org.jspecify.annotations.NullMarked;
