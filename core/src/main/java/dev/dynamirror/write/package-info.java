/** The way of a change: pending changes, batches, transports, retries. */
@NullMarked
package dev.dynamirror.write;

import org.jspecify.annotations.NullMarked;
