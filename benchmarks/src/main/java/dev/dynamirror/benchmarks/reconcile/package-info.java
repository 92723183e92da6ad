/** What it costs to reconcile a table, beside replacing it. */
@NullMarked
package dev.dynamirror.benchmarks.reconcile;

import org.jspecify.annotations.NullMarked;
