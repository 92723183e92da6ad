/** The types of a live table's columns, and the schemas made of them. */
@NullMarked
package dev.dynamirror.value;

import org.jspecify.annotations.NullMarked;
