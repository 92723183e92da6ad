/** A DynamoDB in memory that fails as a test says, and remembers every write that it applied. */
@NullMarked
package dev.dynamirror.testkit.faulty;

import org.jspecify.annotations.NullMarked;
