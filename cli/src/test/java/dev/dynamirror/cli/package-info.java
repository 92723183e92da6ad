@NullMarked
package dev.dynamirror.cli;

import org.jspecify.annotations.NullMarked;
