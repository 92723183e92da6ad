/** The jar for Flink's lib folder, as users have it. */
@NullMarked
package dev.dynamirror.flinksql;

import org.jspecify.annotations.NullMarked;
