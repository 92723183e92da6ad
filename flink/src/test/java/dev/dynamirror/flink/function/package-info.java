@NullMarked
package dev.dynamirror.flink.function;

import org.jspecify.annotations.NullMarked;
