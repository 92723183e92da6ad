@NullMarked
package dev.dynamirror.local;

import org.jspecify.annotations.NullMarked;
