/** Live tables that come from text: markdown tables, CSV files and JSON Lines files. */
@NullMarked
package dev.dynamirror.flink.input;

import org.jspecify.annotations.NullMarked;
