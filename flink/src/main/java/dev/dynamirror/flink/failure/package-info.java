/** How failures travel through Flink. */
@NullMarked
package dev.dynamirror.flink.failure;

import org.jspecify.annotations.NullMarked;
