@NullMarked
package dev.dynamirror.object;

import org.jspecify.annotations.NullMarked;
