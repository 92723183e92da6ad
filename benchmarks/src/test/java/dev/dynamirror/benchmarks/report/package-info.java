@NullMarked
package dev.dynamirror.benchmarks.report;

import org.jspecify.annotations.NullMarked;
