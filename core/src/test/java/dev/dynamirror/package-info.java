@NullMarked
package dev.dynamirror;

import org.jspecify.annotations.NullMarked;
