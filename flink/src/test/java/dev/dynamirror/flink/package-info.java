@NullMarked
package dev.dynamirror.flink;

import org.jspecify.annotations.NullMarked;
