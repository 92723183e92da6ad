package dev.dynamirror.flink;

import static dev.dynamirror.flink.Examples.block;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.value.Pointer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;

/** Runs what the README and the pages in docs show, as it stands there. */
class ReadmeTest {

    private static final Path README = Path.of("..", "README.md");
    private static final Path SQL = Path.of("..", "docs", "sql.md");

    private static final Path TABLES = Path.of("..", "docs", "tables.md");
    private static final Path RECONCILE = Path.of("..", "docs", "reconcile.md");
    private static final Path PATHWAY = Path.of("..", "docs", "pathway.md");
    private static final Path FLINK_CONNECTOR = Path.of("..", "docs", "flink-connector.md");

    private final LocalDynamoDb database = LocalDynamoDb.inMemory().start().awaitReady();

    @TempDir
    private Path folder;

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void javaExample() throws Exception {
        runMain(README, "LiveExample");

        assertThat(Items.of(database, "test"))
                .containsExactly(
                        "{\"key\":{\"N\":\"1\"},\"value\":{\"S\":\"Hello\"}}",
                        "{\"key\":{\"N\":\"2\"},\"value\":{\"S\":\"World\"}}");
    }

    @Test
    void exampleWithoutFlink() throws Exception {
        runMain(README, "PlainExample");

        assertThat(Items.of(database, "orders"))
                .containsExactly("{\"id\":{\"N\":\"1\"},\"item\":{\"S\":\"apple\"},\"price\":{\"N\":\"0.6\"}}");
    }

    @Test
    void sqlExample() throws Exception {
        runSql(block(README, "SQL", "sql"));

        assertThat(Items.of(database, "orders"))
                .containsExactly(
                        "{\"id\":{\"N\":\"1\"},\"item\":{\"S\":\"apple\"},\"price\":{\"N\":\"0.5\"}}",
                        "{\"id\":{\"N\":\"2\"},\"item\":{\"S\":\"pear\"},\"price\":{\"N\":\"0.3\"}}");
    }

    @Test
    void exampleForWhoComesFromPathway() throws Exception {
        runMain(PATHWAY, "PathwayExample");

        assertThat(Items.of(database, "test")).hasSize(2);
    }

    @Test
    void exampleForWhoComesFromFlinksConnector() throws Exception {
        String there = "CREATE TABLE orders (id BIGINT, PRIMARY KEY (id) NOT ENFORCED)"
                + " WITH ('connector' = 'dynamirror', 'table-name' = 'orders', 'init-mode' = 'create_if_not_exists');\n"
                + "INSERT INTO orders VALUES (1) ON CONFLICT DO DEDUPLICATE;\nDROP TABLE orders;\n";
        runSql(there
                + block(FLINK_CONNECTOR, "flink connector", "sql")
                + "INSERT INTO orders VALUES (1, 'apple', 0.5E0) ON CONFLICT DO DEDUPLICATE;");

        assertThat(Items.of(database, "orders"))
                .containsExactly("{\"id\":{\"N\":\"1\"},\"item\":{\"S\":\"apple\"},\"price\":{\"N\":\"0.5\"}}");
    }

    @Test
    void examplesOfThePageOnReconciling() throws Exception {
        runMain(RECONCILE, "VerifyExample");
        runSql(block(RECONCILE, "reconcile", "sql")
                + "INSERT INTO orders VALUES (1, 'apple', 0.5E0) ON CONFLICT DO DEDUPLICATE;");

        assertThat(Items.of(database, "test")).hasSize(2);
        assertThat(Items.of(database, "orders"))
                .containsExactly("{\"id\":{\"N\":\"1\"},\"item\":{\"S\":\"apple\"},\"price\":{\"N\":\"0.5\"}}");
    }

    @Test
    void exampleOfATableWithAnIndex() throws Exception {
        runMain(TABLES, "TablesExample");

        try (Connection connection = Connection.open(new ConnectionSettings(database.endpoint(), Embedded.REGION))) {
            assertThat(connection
                            .client()
                            .describeTable(request -> request.tableName("orders-by-customer"))
                            .table()
                            .globalSecondaryIndexes())
                    .extracting(GlobalSecondaryIndexDescription::indexName)
                    .containsExactly("by-customer");
        }
    }

    @Test
    void sqlOfThePageOnSql() throws Exception {
        String source = """
                CREATE TEMPORARY VIEW source AS SELECT * FROM (VALUES
                  (1, TO_TIMESTAMP_LTZ(0, 3), 'apple'), (1, TO_TIMESTAMP_LTZ(1, 3), 'pear'), (1, TO_TIMESTAMP_LTZ(1, 3), 'plum')
                ) AS source (id, ordered_at, item);
                """;
        String visits = "INSERT INTO visits SELECT POINTER_OF(POINTER(POINTER_OF(42))), ARRAY[POINTER_OF(1)],"
                + " '{\"a\": [1, 2]}', 1500 FROM source ON CONFLICT DO DEDUPLICATE;\n";

        runSql(block(SQL, "declaration", "sql")
                + source
                + block(SQL, "insert", "sql")
                + block(SQL, "columns", "sql")
                + block(SQL, "versions", "sql")
                + block(SQL, "functions", "sql")
                + visits
                + block(TABLES, "tables", "sql")
                + "INSERT INTO orders_by_customer VALUES (1, 'ada', TO_TIMESTAMP_LTZ(0, 3), 4102444800)"
                + " ON CONFLICT DO DEDUPLICATE;");

        assertThat(Items.of(database, "orders"))
                .containsExactly(
                        "{\"id\":{\"N\":\"1\"},\"ordered_at\":{\"S\":\"1970-01-01T00:00:00.000000000+0000\"},\"item\":{\"S\":\"apple\"}}",
                        "{\"id\":{\"N\":\"1\"},\"ordered_at\":{\"S\":\"1970-01-01T00:00:00.001000000+0000\"},\"item\":{\"S\":\"plum\"}}");
        assertThat(Items.of(database, "visits"))
                .containsExactly("{\"id\":{\"S\":\"" + Pointer.of(Pointer.of(42))
                        + "\"},\"details\":{\"S\":\"{\\\"a\\\":[1,2]}\"},\"friends\":{\"L\":[{\"S\":\"^YYY4HABTRW7T8VX2Q429ZYV70W\"}]}"
                        + ",\"lasted\":{\"N\":\"1500\"}}");
        assertThat(Items.of(database, "orders-by-customer"))
                .containsExactly(
                        "{\"id\":{\"N\":\"1\"},\"customer\":{\"S\":\"ada\"},\"gone_at\":{\"N\":\"4102444800\"},"
                                + "\"ordered_at\":{\"S\":\"1970-01-01T00:00:00.000000000+0000\"}}");
    }

    private void runSql(String statements) throws Exception {
        Examples.runSql(database, folder, statements);
    }

    private void runMain(Path page, String name) throws Exception {
        Examples.runMain(database, folder, page, name);
    }
}
