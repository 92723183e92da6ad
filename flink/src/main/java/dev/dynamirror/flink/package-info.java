/** Mirrors of Flink tables: the Java entry, and the connector that SQL finds. */
@NullMarked
package dev.dynamirror.flink;

import org.jspecify.annotations.NullMarked;
