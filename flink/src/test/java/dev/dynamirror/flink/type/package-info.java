@NullMarked
package dev.dynamirror.flink.type;

import org.jspecify.annotations.NullMarked;
