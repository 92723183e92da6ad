@NullMarked
package dev.dynamirror.benchmarks.worker;

import org.jspecify.annotations.NullMarked;
