/** From a row to an item: keys, changes, and the bytes that DynamoDB takes. */
@NullMarked
package dev.dynamirror.item;

import org.jspecify.annotations.NullMarked;
