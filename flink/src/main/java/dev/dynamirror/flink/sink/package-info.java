/** The sink: Flink's rows become changes, meet the writer of their key, and wait until the table is ready. */
@NullMarked
package dev.dynamirror.flink.sink;

import org.jspecify.annotations.NullMarked;
