@NullMarked
package dev.dynamirror.mirror;

import org.jspecify.annotations.NullMarked;
