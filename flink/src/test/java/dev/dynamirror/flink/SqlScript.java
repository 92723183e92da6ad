package dev.dynamirror.flink;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

/** Runs the statements of a file one after the other, each to its end. */
final class SqlScript {

    private SqlScript() {}

    public static void main(String[] arguments) throws Exception {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        for (String statement : Files.readString(Path.of(arguments[0])).split(";\\s*(\\n|$)", -1)) {
            if (!statement.isBlank()) {
                tables.executeSql(statement).await();
            }
        }
    }
}
