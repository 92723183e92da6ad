/**
 * DynamoDB Local as a child process: found or fetched, started, stopped. {@link dev.dynamirror.local.LocalDynamoDb} is
 * the way in.
 */
@NullMarked
package dev.dynamirror.local;

import org.jspecify.annotations.NullMarked;
