package dev.dynamirror.flinksql;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * A program that knows Flink alone, and runs a script of SQL on a cluster: each statement ends with a semicolon at the end of a
 * line.
 *
 * <p>Arguments: the port of the cluster's REST server on this machine, and the script.
 */
public final class SqlScript {

    private SqlScript() {}

    /** Runs the script, and returns when its last statement's job has ended. */
    public static void main(String[] arguments) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createRemoteEnvironment("127.0.0.1", Integer.parseInt(arguments[0]));
        StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
        List<String> statements = Stream.of(
                        Files.readString(Path.of(arguments[1])).split(";\\s*\\R", -1))
                .filter(statement -> !statement.isBlank())
                .toList();
        for (String statement : statements.subList(0, statements.size() - 1)) {
            tables.executeSql(statement);
        }
        tables.executeSql(statements.get(statements.size() - 1)).await();
    }
}
