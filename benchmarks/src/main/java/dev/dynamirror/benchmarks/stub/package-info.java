/** A server that answers as DynamoDB does and stores nothing, in a process of its own. */
@NullMarked
package dev.dynamirror.benchmarks.stub;

import org.jspecify.annotations.NullMarked;
