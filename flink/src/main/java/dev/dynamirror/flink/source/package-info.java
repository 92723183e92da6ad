/** DynamoDB tables as bounded Flink tables. */
@NullMarked
package dev.dynamirror.flink.source;

import org.jspecify.annotations.NullMarked;
