@NullMarked
package dev.dynamirror.read;

import org.jspecify.annotations.NullMarked;
