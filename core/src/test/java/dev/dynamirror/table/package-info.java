@NullMarked
package dev.dynamirror.table;

import org.jspecify.annotations.NullMarked;
