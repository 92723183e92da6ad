@NullMarked
package dev.dynamirror.item;

import org.jspecify.annotations.NullMarked;
