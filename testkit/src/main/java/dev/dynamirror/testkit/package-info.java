/** What the tests of every module share: DynamoDB Local for JUnit, a manual clock. */
@NullMarked
package dev.dynamirror.testkit;

import org.jspecify.annotations.NullMarked;
