package dev.dynamirror.flink;

import static org.apache.flink.types.RowKind.DELETE;
import static org.apache.flink.types.RowKind.INSERT;
import static org.apache.flink.types.RowKind.UPDATE_AFTER;
import static org.apache.flink.types.RowKind.UPDATE_BEFORE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is left in the table of every kind of change. */
@WithLocalDynamoDb
class ChangelogTest {

    private static final TypeInformation<Row> TYPE =
            Types.ROW_NAMED(new String[] {"id", "key", "value"}, Types.LONG, Types.LONG, Types.STRING);

    private final LocalDynamoDb database;
    private final StreamExecutionEnvironment environment = Embedded.environment(1);
    private final Live live = Live.create(environment);

    ChangelogTest(LocalDynamoDb database) {
        this.database = database;
    }

    @Test
    void theYoungerOfTwoRowsGoes(@TableName String table) throws InterruptedException {
        mirror(
                table,
                retracting(
                        change(INSERT, 1, 7, "older"),
                        change(INSERT, 2, 7, "younger"),
                        change(DELETE, 2, 7, "younger")));

        assertThat(items(table))
                .containsExactly("{\"key\":{\"N\":\"7\"},\"id\":{\"N\":\"1\"},\"value\":{\"S\":\"older\"}}");
    }

    @Test
    void theOlderOfTwoRowsGoes(@TableName String table) throws InterruptedException {
        mirror(
                table,
                retracting(
                        change(INSERT, 1, 7, "older"), change(INSERT, 2, 7, "younger"), change(DELETE, 1, 7, "older")));

        assertThat(items(table))
                .containsExactly("{\"key\":{\"N\":\"7\"},\"id\":{\"N\":\"2\"},\"value\":{\"S\":\"younger\"}}");
    }

    @Test
    void rowsAreUpdatedDeletedAndMovedToOtherKeys(@TableName String table) throws InterruptedException {
        mirror(
                table,
                retracting(
                        change(INSERT, 1, 1, "updated"),
                        change(UPDATE_BEFORE, 1, 1, "updated"),
                        change(UPDATE_AFTER, 1, 1, "updated once"),
                        change(INSERT, 2, 2, "deleted"),
                        change(DELETE, 2, 2, "deleted"),
                        change(INSERT, 3, 3, "moved"),
                        change(UPDATE_BEFORE, 3, 3, "moved"),
                        change(UPDATE_AFTER, 3, 33, "moved"),
                        change(INSERT, 4, 4, "back again"),
                        change(DELETE, 4, 4, "back again"),
                        change(INSERT, 4, 4, "back again")));

        assertThat(items(table))
                .containsExactly(
                        "{\"key\":{\"N\":\"1\"},\"id\":{\"N\":\"1\"},\"value\":{\"S\":\"updated once\"}}",
                        "{\"key\":{\"N\":\"4\"},\"id\":{\"N\":\"4\"},\"value\":{\"S\":\"back again\"}}",
                        "{\"key\":{\"N\":\"33\"},\"id\":{\"N\":\"3\"},\"value\":{\"S\":\"moved\"}}");
    }

    @Test
    void everythingGoes(@TableName String table) throws InterruptedException {
        mirror(
                table,
                retracting(
                        change(INSERT, 1, 1, "a"),
                        change(INSERT, 2, 2, "b"),
                        change(INSERT, 3, 2, "c"),
                        change(DELETE, 2, 2, "b"),
                        change(DELETE, 1, 1, "a"),
                        change(DELETE, 3, 2, "c")));

        assertThat(items(table)).isEmpty();
    }

    @Test
    void aDeleteMayHoldTheKeyOnly(@TableName String table) throws InterruptedException {
        mirror(
                table,
                keyed(
                        ChangelogMode.upsert(),
                        change(INSERT, 1, 1, "a"),
                        change(INSERT, 2, 2, "b"),
                        change(UPDATE_AFTER, 1, 1, "c"),
                        Row.ofKind(DELETE, null, 2L, null)));

        assertThat(items(table))
                .containsExactly("{\"key\":{\"N\":\"1\"},\"id\":{\"N\":\"1\"},\"value\":{\"S\":\"c\"}}");
    }

    @Test
    void theRowBeforeAnUpdateChangesNothing(@TableName String table) throws InterruptedException {
        // Without its materializer the planner hands all changes to the sink as they are.
        live.tableEnvironment().getConfig().set("table.exec.sink.upsert-materialize", "NONE");
        Table changes = retracting(
                change(INSERT, 1, 1, "a"),
                change(INSERT, 2, 2, "b"),
                change(UPDATE_BEFORE, 1, 1, "a"),
                change(UPDATE_AFTER, 1, 1, "c"),
                change(UPDATE_BEFORE, 2, 2, "b"));

        mirror(table, changes);

        assertThat(items(table))
                .containsExactly(
                        "{\"key\":{\"N\":\"1\"},\"id\":{\"N\":\"1\"},\"value\":{\"S\":\"c\"}}",
                        "{\"key\":{\"N\":\"2\"},\"id\":{\"N\":\"2\"},\"value\":{\"S\":\"b\"}}");
    }

    @Test
    void theLastOfInsertedRowsStays(@TableName String table) throws InterruptedException {
        mirror(
                table,
                live.tableEnvironment()
                        .fromChangelogStream(
                                stream(
                                        change(INSERT, 1, 7, "first"),
                                        change(INSERT, 2, 8, "alone"),
                                        change(INSERT, 3, 7, "last")),
                                schema().build(),
                                ChangelogMode.insertOnly()));

        assertThat(items(table))
                .containsExactly(
                        "{\"key\":{\"N\":\"7\"},\"id\":{\"N\":\"3\"},\"value\":{\"S\":\"last\"}}",
                        "{\"key\":{\"N\":\"8\"},\"id\":{\"N\":\"2\"},\"value\":{\"S\":\"alone\"}}");
    }

    @Test
    void aRowThatTheQueryHasKeyedOtherwiseMoves(@TableName String table) throws InterruptedException {
        live.tableEnvironment()
                .createTemporaryView(
                        "orders",
                        retracting(
                                change(INSERT, 1, 7, "x"),
                                change(INSERT, 2, 7, "x"),
                                change(INSERT, 3, 8, "x"),
                                change(INSERT, 4, 9, "x"),
                                change(INSERT, 5, 9, "x"),
                                change(DELETE, 1, 7, "x"),
                                change(DELETE, 4, 9, "x"),
                                change(DELETE, 5, 9, "x")));

        // Two keys of the query have the same count for a while, and then one of them is gone.
        mirror(
                table,
                live.tableEnvironment()
                        .sqlQuery("SELECT COUNT(*) AS `key`, MAX(`key`) AS largest FROM orders GROUP BY `key`"));

        assertThat(items(table)).containsExactly("{\"key\":{\"N\":\"1\"},\"largest\":{\"N\":\"7\"}}");
    }

    @Test
    void aCountPerKeyIsKeptUpToDate(@TableName String table) throws InterruptedException {
        live.tableEnvironment()
                .createTemporaryView(
                        "orders",
                        retracting(
                                change(INSERT, 1, 7, "x"),
                                change(INSERT, 2, 7, "x"),
                                change(INSERT, 3, 8, "x"),
                                change(INSERT, 4, 9, "x"),
                                change(DELETE, 1, 7, "x"),
                                change(DELETE, 4, 9, "x")));

        mirror(table, live.tableEnvironment().sqlQuery("SELECT `key`, COUNT(*) AS orders FROM orders GROUP BY `key`"));

        assertThat(items(table))
                .containsExactly(
                        "{\"key\":{\"N\":\"7\"},\"orders\":{\"N\":\"1\"}}",
                        "{\"key\":{\"N\":\"8\"},\"orders\":{\"N\":\"1\"}}");
    }

    private static Row change(RowKind kind, long id, long key, @Nullable String value) {
        return Row.ofKind(kind, id, key, value);
    }

    private static Schema.Builder schema() {
        return Schema.newBuilder()
                .column("id", "BIGINT")
                .column("key", "BIGINT NOT NULL")
                .column("value", "STRING");
    }

    private DataStream<Row> stream(Row... rows) {
        return environment.fromData(TYPE, rows);
    }

    /** Rows that come and go one by one, with no key that the planner knows. */
    private Table retracting(Row... rows) {
        return live.tableEnvironment().fromChangelogStream(stream(rows), schema().build(), ChangelogMode.all());
    }

    private Table keyed(ChangelogMode mode, Row... rows) {
        return live.tableEnvironment()
                .fromChangelogStream(stream(rows), schema().primaryKey("key").build(), mode);
    }

    private void mirror(String table, Table rows) throws InterruptedException {
        live.write(rows, Embedded.mirror(database, table).partitionKey("key").initMode(InitMode.CREATE_IF_NOT_EXISTS));
        live.run();
    }

    private List<String> items(String table) {
        return Items.of(database, table);
    }
}
