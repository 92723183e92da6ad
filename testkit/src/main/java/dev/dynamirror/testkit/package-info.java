/** What the tests of every module share: DynamoDB Local for JUnit, a manual clock; in {@code faulty} a DynamoDB that fails as told. */
@NullMarked
package dev.dynamirror.testkit;

import org.jspecify.annotations.NullMarked;
