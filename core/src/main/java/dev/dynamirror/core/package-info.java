/** Placeholder. */
@NullMarked
package dev.dynamirror.core;

import org.jspecify.annotations.NullMarked;
