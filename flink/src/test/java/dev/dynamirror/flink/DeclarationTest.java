package dev.dynamirror.flink;

import static org.apache.flink.table.api.Expressions.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import java.net.URI;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Table;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

/** What is refused when a mirror is declared, or at the start of a run; and names and columns of every kind. */
class DeclarationTest {

    private final StreamExecutionEnvironment environment = Embedded.environment(1);
    private final Live live = Live.create(environment);
    private final Table people = live.tableEnvironment()
            .fromValues(row(1, "Ada", true), row(2, "Grace", false))
            .as("id", "name", "yes");

    @Test
    void aKeyMustBeAColumn() {
        assertThatThrownBy(() -> live.write(people, DynamoDb.table("people").partitionKey("key")))
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        "mirror people: the partition key \"key\" is not a column of the live table; its columns are"
                                + " \"id\", \"name\", \"yes\"");
        assertThatThrownBy(() -> live.write(
                        people,
                        DynamoDb.table("people")
                                .partitionKey("id")
                                .sortKey("at")
                                .name("a name")))
                .isInstanceOf(MirrorException.class)
                .hasMessage("mirror a name: the sort key \"at\" is not a column of the live table; its columns are"
                        + " \"id\", \"name\", \"yes\"");
    }

    @Test
    void aKeyMustHaveATypeOfKeys() {
        assertThatThrownBy(() -> live.write(people, DynamoDb.table("people").partitionKey("yes")))
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        "mirror people: the partition key \"yes\" has the type bool, and the type bool can't be used"
                                + " in a key; the types that can are int, float, str, bytes, datetime_naive, datetime_utc, date, time, duration, json, pointer,"
                                + " object, decimal, none of them optional");
    }

    @Test
    void aTypeThatCannotBeWrittenIsNamed() {
        Table table = live.tableEnvironment().sqlQuery("SELECT 1 AS id, INTERVAL '2' YEAR AS born");

        assertThatThrownBy(() -> live.write(table, DynamoDb.table("people").partitionKey("id")))
                .isInstanceOf(MirrorException.class)
                .hasMessage("mirror people: column \"born\" has the type INTERVAL MONTH, which can't be written; the"
                        + " types that can are BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL, CHAR,"
                        + " VARCHAR, STRING, BINARY, VARBINARY, BYTES, DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ, INTERVAL"
                        + " DAY TO SECOND, VARIANT, and ARRAY, MAP with keys of STRING, and ROW of these; cast the"
                        + " column to one of them");
    }

    @Test
    void aMirrorNeedsANameOfItsOwn() {
        live.write(people, DynamoDb.table("people").partitionKey("id"));

        assertThatThrownBy(() -> live.write(people, DynamoDb.table("people").partitionKey("id")))
                .isInstanceOf(MirrorException.class)
                .hasMessage("there is a mirror named people already; give this one another name");
    }

    @Test
    void aTableThatTwoMirrorsWriteToCannotBeReplaced() {
        live.write(people, DynamoDb.table("people").partitionKey("id").name("first"));

        assertThatThrownBy(() -> live.write(
                        people,
                        DynamoDb.table("people")
                                .partitionKey("id")
                                .name("second")
                                .initMode(InitMode.REPLACE)))
                .isInstanceOf(MirrorException.class)
                .hasMessage("mirrors first and second both write to table people, so neither can replace it; mirror the"
                        + " union of their live tables");
    }

    @Test
    void aTableOfAnotherLiveIsRefused() {
        Live other = Live.create(Embedded.environment(1));

        assertThatThrownBy(() -> other.write(people, DynamoDb.table("people").partitionKey("id")))
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        "mirror people: its live table was made by another Live, or by another table environment; it"
                                + " must be made by this one's tableEnvironment()");
    }

    @Test
    void thereMustBeSomethingToRun() {
        assertThatThrownBy(live::run)
                .isInstanceOf(MirrorException.class)
                .hasMessage("there is nothing to run; declare a mirror with write first");
    }

    @Test
    void nothingRunsAfterClose() {
        live.write(people, DynamoDb.table("people").partitionKey("id").initMode(InitMode.REPLACE));
        live.close();

        assertThatThrownBy(live::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this Live is closed, and runs nothing any more");
    }

    @Test
    void withoutARegionNothingIsRead() {
        Feed feed = Feed.of(Row.of(1));
        live.write(
                live.tableEnvironment()
                        .fromDataStream(feed.stream(environment, Types.ROW_NAMED(new String[] {"id"}, Types.INT))),
                DynamoDb.table("people").partitionKey("id"));

        assertThatThrownBy(live::run)
                .isInstanceOf(MirrorException.class)
                .hasMessage("no AWS region is set: set AWS_REGION (for example AWS_REGION=eu-central-1), or a region in"
                        + " the profile that AWS_PROFILE names");
        assertThat(feed.runs()).isZero();
    }

    @Test
    void withoutCredentialsNothingIsRead() {
        Feed feed = Feed.of(Row.of(1));
        live.write(
                live.tableEnvironment()
                        .fromDataStream(feed.stream(environment, Types.ROW_NAMED(new String[] {"id"}, Types.INT))),
                DynamoDb.table("people")
                        .partitionKey("id")
                        .region("eu-central-1")
                        .endpoint(URI.create("http://dynamodb.example")));

        assertThatThrownBy(live::run)
                .isInstanceOf(MirrorException.class)
                .hasMessage("no AWS credentials found for http://dynamodb.example: set AWS_ACCESS_KEY_ID and"
                        + " AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or run where a role gives them; for a database on"
                        + " this machine set AWS_ENDPOINT_URL (for example http://127.0.0.1:8000)");
        assertThat(feed.runs()).isZero();
    }

    @Test
    @WithLocalDynamoDb
    void namesAndColumnsOfEveryKind(LocalDynamoDb database, @TableName String odd, @TableName String times)
            throws InterruptedException {
        Table oddNames = live.tableEnvironment().fromValues(row("a", "b", 1)).as("the `key`", "sort.key", "ключ \"x\"");
        live.tableEnvironment()
                .executeSql("CREATE TABLE clock (id BIGINT, twice AS id * 2, `at` AS TO_TIMESTAMP_LTZ(id, 3), `now` AS"
                        + " PROCTIME(), WATERMARK FOR `at` AS `at`) WITH ('connector' = 'datagen', 'number-of-rows' ="
                        + " '2', 'fields.id.kind' = 'sequence', 'fields.id.start' = '1', 'fields.id.end' = '2')");
        live.write(
                oddNames,
                Embedded.mirror(database, odd)
                        .partitionKey("the `key`")
                        .sortKey("sort.key")
                        .name("a `mirror` of b.c, \"d\"; ä/1")
                        .initMode(InitMode.CREATE_IF_NOT_EXISTS));
        live.write(
                live.tableEnvironment().from("clock"),
                Embedded.mirror(database, times).partitionKey("id").initMode(InitMode.CREATE_IF_NOT_EXISTS));

        live.run();

        assertThat(Items.of(database, odd))
                .containsExactly(
                        "{\"the `key`\":{\"S\":\"a\"},\"sort.key\":{\"S\":\"b\"},\"ключ \\\"x\\\"\":{\"N\":\"1\"}}");
        assertThat(Items.of(database, times))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .matches(
                                        "\\{\"id\":\\{\"N\":\"1\"},\"at\":\\{\"S\":\"1970-01-01T00:00:00.001000000\\+0000\"},"
                                                + "\"now\":\\{\"S\":\"20.*\\+0000\"},\"twice\":\\{\"N\":\"2\"}}"),
                        second -> assertThat(second)
                                .startsWith(
                                        "{\"id\":{\"N\":\"2\"},\"at\":{\"S\":\"1970-01-01T00:00:00.002000000+0000\"}"));
    }
}
