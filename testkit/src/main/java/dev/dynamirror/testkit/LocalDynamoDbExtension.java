package dev.dynamirror.testkit;

import dev.dynamirror.local.LocalDynamoDb;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the shared database and table names. */
final class LocalDynamoDbExtension implements ParameterResolver {

    /** DynamoDB allows 255 characters; what is left is for the number. */
    private static final int LONGEST = 240;

    private static final AtomicInteger TABLES = new AtomicInteger();

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return type(parameter) == LocalDynamoDb.class || parameter.isAnnotated(TableName.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        if (type(parameter) == LocalDynamoDb.class) {
            // The root's store closes what it holds when the run ends.
            return test.getRoot()
                    .getStore(ExtensionContext.Namespace.create(LocalDynamoDbExtension.class))
                    .computeIfAbsent(
                            LocalDynamoDb.class,
                            key -> LocalDynamoDb.inMemory()
                                    .progress(System.err::println)
                                    .start()
                                    .awaitReady(),
                            LocalDynamoDb.class);
        }
        if (type(parameter) != String.class) {
            throw new ParameterResolutionException(
                    "@TableName is for parameters of the type String, but this is: " + parameter.getParameter());
        }
        return tableName(test);
    }

    private static String tableName(ExtensionContext test) {
        String name = test.getRequiredTestClass().getSimpleName()
                + test.getTestMethod().map(Method::getName).map("."::concat).orElse("");
        String allowed = name.replaceAll("[^A-Za-z0-9_.-]", "_");
        return allowed.substring(0, Math.min(allowed.length(), LONGEST)) + "-" + TABLES.incrementAndGet();
    }

    private static Class<?> type(ParameterContext parameter) {
        return parameter.getParameter().getType();
    }
}
