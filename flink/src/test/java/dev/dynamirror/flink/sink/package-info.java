@NullMarked
package dev.dynamirror.flink.sink;

import org.jspecify.annotations.NullMarked;
