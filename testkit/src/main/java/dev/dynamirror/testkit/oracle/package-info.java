/** Random live tables, what a mirror of them may hold at any moment, and the check of what it did hold. */
@NullMarked
package dev.dynamirror.testkit.oracle;

import org.jspecify.annotations.NullMarked;
