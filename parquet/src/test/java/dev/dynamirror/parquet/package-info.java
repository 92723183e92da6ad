@NullMarked
package dev.dynamirror.parquet;

import org.jspecify.annotations.NullMarked;
