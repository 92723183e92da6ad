/** The {@code dynamirror} command. */
@NullMarked
package dev.dynamirror.cli;

import org.jspecify.annotations.NullMarked;
