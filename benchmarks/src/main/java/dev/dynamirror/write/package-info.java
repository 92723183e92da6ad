/** The benchmarks of what is seen in the writer's package only. */
@NullMarked
package dev.dynamirror.write;

import org.jspecify.annotations.NullMarked;
