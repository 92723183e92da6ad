/** Functions for SQL and the Table API. */
@NullMarked
package dev.dynamirror.flink.function;

import org.jspecify.annotations.NullMarked;
