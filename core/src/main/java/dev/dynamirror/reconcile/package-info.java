/** What is different between a live table and the items of a DynamoDB table. */
@NullMarked
package dev.dynamirror.reconcile;

import org.jspecify.annotations.NullMarked;
