package dev.dynamirror.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class, or method, that uses DynamoDB Local.
 *
 * <p>Test methods, constructors and lifecycle methods may then take a parameter of the type
 * {@link dev.dynamirror.local.LocalDynamoDb}: one in-memory database for all tests of this JVM, started when the first
 * test asks for it, stopped after the last. Do not close it. A test method keeps out of the way of others by using
 * table names of its own: see {@link TableName}.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(LocalDynamoDbExtension.class)
public @interface WithLocalDynamoDb {}
