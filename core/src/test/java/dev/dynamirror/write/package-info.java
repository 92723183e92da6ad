@NullMarked
package dev.dynamirror.write;

import org.jspecify.annotations.NullMarked;
