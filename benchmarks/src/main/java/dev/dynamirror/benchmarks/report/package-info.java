/** Results, and the tables and plots that are made of them. */
@NullMarked
package dev.dynamirror.benchmarks.report;

import org.jspecify.annotations.NullMarked;
