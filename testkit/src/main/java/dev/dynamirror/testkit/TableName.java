package dev.dynamirror.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A {@code String} parameter, under {@link WithLocalDynamoDb}, that gets a table name which nobody else in this JVM
 * gets: test class, test method and a number, cut to what DynamoDB allows. No table is created.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface TableName {}
