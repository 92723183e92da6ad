@NullMarked
package dev.dynamirror.value;

import org.jspecify.annotations.NullMarked;
