@NullMarked
package dev.dynamirror.benchmarks.stub;

import org.jspecify.annotations.NullMarked;
