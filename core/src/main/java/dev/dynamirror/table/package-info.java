/** The DynamoDB table before its first write: described, checked, created, replaced. */
@NullMarked
package dev.dynamirror.table;

import org.jspecify.annotations.NullMarked;
