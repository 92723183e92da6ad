/** What live types and their values are in Flink. */
@NullMarked
package dev.dynamirror.flink.type;

import org.jspecify.annotations.NullMarked;
