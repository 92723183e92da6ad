package dev.dynamirror.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.Embedded;
import dev.dynamirror.flink.Items;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Mirrors declared and filled in SQL alone. */
@WithLocalDynamoDb
class SqlTest {

    private final LocalDynamoDb database;
    private final StreamExecutionEnvironment environment = Embedded.environment(1);
    private final StreamTableEnvironment tables = StreamTableEnvironment.create(environment);

    SqlTest(LocalDynamoDb database) {
        this.database = database;
    }

    @Test
    void aTableIsCreatedAndFilled(@TableName String table) throws Exception {
        tables.executeSql("CREATE TABLE people (id INT, name STRING, PRIMARY KEY (id) NOT ENFORCED)"
                + with(table, "'init-mode' = 'create_if_not_exists', 'name' = 'the people', 'sink.parallelism' = '2'"));

        tables.executeSql("INSERT INTO people VALUES (1, 'Ada'), (2, 'Grace'), (1, 'Ada Lovelace')"
                        + " ON CONFLICT DO DEDUPLICATE")
                .await();

        assertThat(items(table))
                .containsExactly(
                        "{\"id\":{\"N\":\"1\"},\"name\":{\"S\":\"Ada Lovelace\"}}",
                        "{\"id\":{\"N\":\"2\"},\"name\":{\"S\":\"Grace\"}}");
    }

    @Test
    void aPrimaryKeyOfTwoColumnsIsPartitionKeyAndSortKey(@TableName String table) throws Exception {
        // The order of the key counts, not the order of the columns.
        tables.executeSql("CREATE TABLE visits (nr INT, note STRING, who STRING, PRIMARY KEY (who, nr) NOT ENFORCED)"
                + with(table, "'init-mode' = 'replace'"));

        tables.executeSql("INSERT INTO visits VALUES (2, 'x', 'ada'), (1, 'y', 'ada'), (2, 'z', 'bob'), (2, 'w', 'ada')"
                        + " ON CONFLICT DO DEDUPLICATE")
                .await();

        assertThat(items(table))
                .containsExactly(
                        "{\"who\":{\"S\":\"ada\"},\"nr\":{\"N\":\"1\"},\"note\":{\"S\":\"y\"}}",
                        "{\"who\":{\"S\":\"ada\"},\"nr\":{\"N\":\"2\"},\"note\":{\"S\":\"w\"}}",
                        "{\"who\":{\"S\":\"bob\"},\"nr\":{\"N\":\"2\"},\"note\":{\"S\":\"z\"}}");
    }

    @Test
    void aStatementSetFillsTwoTables(@TableName String orders, @TableName String totals) throws Exception {
        tables.executeSql("CREATE TABLE orders (id INT, amount INT, PRIMARY KEY (id) NOT ENFORCED)"
                + with(orders, "'init-mode' = 'create_if_not_exists'"));
        tables.executeSql("CREATE TABLE totals (amount INT, orders BIGINT, PRIMARY KEY (amount) NOT ENFORCED)"
                + with(totals, "'init-mode' = 'create_if_not_exists'"));
        tables.executeSql("CREATE TEMPORARY VIEW source AS"
                + " SELECT * FROM (VALUES (1, 10), (2, 20), (3, 10)) AS source (id, amount)");

        // A query that is keyed by the primary key needs no clause.
        tables.executeSql("EXECUTE STATEMENT SET BEGIN"
                        + " INSERT INTO orders SELECT id, amount FROM source ON CONFLICT DO DEDUPLICATE;"
                        + " INSERT INTO totals SELECT amount, COUNT(*) FROM source GROUP BY amount;"
                        + " END")
                .await();

        assertThat(items(orders))
                .containsExactly(
                        "{\"id\":{\"N\":\"1\"},\"amount\":{\"N\":\"10\"}}",
                        "{\"id\":{\"N\":\"2\"},\"amount\":{\"N\":\"20\"}}",
                        "{\"id\":{\"N\":\"3\"},\"amount\":{\"N\":\"10\"}}");
        assertThat(items(totals))
                .containsExactly(
                        "{\"amount\":{\"N\":\"10\"},\"orders\":{\"N\":\"2\"}}",
                        "{\"amount\":{\"N\":\"20\"},\"orders\":{\"N\":\"1\"}}");
    }

    @Test
    void twoInsertsIntoOneMirrorMeetInOneSink(@TableName String table) throws Exception {
        tables.executeSql(
                "CREATE TABLE people (id INT, PRIMARY KEY (id) NOT ENFORCED)" + with(table, "'init-mode' = 'replace'"));
        String inserts = "EXECUTE STATEMENT SET BEGIN"
                + " INSERT INTO people VALUES (1) ON CONFLICT DO DEDUPLICATE;"
                + " INSERT INTO people VALUES (2) ON CONFLICT DO DEDUPLICATE;"
                + " END";

        assertThat(tables.explainSql(inserts, ExplainDetail.JSON_EXECUTION_PLAN))
                .containsOnlyOnce("\"type\" : \"mirror " + table + ": prepare\"");
        tables.executeSql(inserts).await();

        assertThat(items(table)).containsExactly("{\"id\":{\"N\":\"1\"}}", "{\"id\":{\"N\":\"2\"}}");
    }

    @Test
    void twoTablesMayBeMirrorsOfOneName(@TableName String table) throws Exception {
        for (String people : List.of("ada", "grace")) {
            tables.executeSql("CREATE TABLE " + people + " (id INT, PRIMARY KEY (id) NOT ENFORCED)"
                    + with(table, "'init-mode' = 'create_if_not_exists'"));
        }

        tables.executeSql("EXECUTE STATEMENT SET BEGIN"
                        + " INSERT INTO ada VALUES (1) ON CONFLICT DO DEDUPLICATE;"
                        + " INSERT INTO grace VALUES (2) ON CONFLICT DO DEDUPLICATE;"
                        + " END")
                .await();

        assertThat(items(table)).containsExactly("{\"id\":{\"N\":\"1\"}}", "{\"id\":{\"N\":\"2\"}}");
    }

    @Test
    void flinkAsksForTheClauseThatIsMissing(@TableName String table) {
        tables.executeSql(
                "CREATE TABLE people (id INT, name STRING, PRIMARY KEY (id) NOT ENFORCED)" + with(table, null));

        assertThatThrownBy(() -> tables.executeSql("INSERT INTO people VALUES (1, 'Ada')"))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("Primary key: [id], upsert key: none.")
                .hasMessageContaining("ON CONFLICT DO DEDUPLICATE");
    }

    @Test
    void explainingPreparesNothing(@TableName String table) {
        tables.executeSql("CREATE TABLE people (id INT, name STRING, PRIMARY KEY (id) NOT ENFORCED)"
                + with(table, "'init-mode' = 'create_if_not_exists'"));

        String insert = "INSERT INTO people VALUES (1, 'Ada') ON CONFLICT DO DEDUPLICATE";
        String plan = tables.explainSql(insert, ExplainDetail.CHANGELOG_MODE, ExplainDetail.JSON_EXECUTION_PLAN);
        tables.executeSql("EXPLAIN " + insert).print();

        assertThat(plan).contains("mirror " + table + ": prepare");
        assertThatThrownBy(() -> items(table)).hasMessage("table " + table + " doesn't exist");
    }

    @Test
    void aMissingTableIsToldWithoutRestarts(@TableName String table) {
        StreamTableEnvironment restarting = StreamTableEnvironment.create(Embedded.environment(1, Embedded.restarts()));
        restarting.executeSql("CREATE TABLE people (id INT, PRIMARY KEY (id) NOT ENFORCED)" + with(table, null));

        assertThatThrownBy(() -> restarting
                        .executeSql("INSERT INTO people VALUES (1) ON CONFLICT DO DEDUPLICATE")
                        .await())
                .isInstanceOf(ExecutionException.class)
                .satisfies(failure -> assertThat(ExceptionUtils.findThrowable(failure, MirrorException.class))
                        .get()
                        .extracting(Throwable::getMessage)
                        .isEqualTo("table " + table + " doesn't exist; create it, or have it created by the init mode"
                                + " create_if_not_exists"));
    }

    @Test
    void aBatchJobFillsATable(@TableName String table) throws Exception {
        StreamTableEnvironment batch = StreamTableEnvironment.create(environment, EnvironmentSettings.inBatchMode());
        batch.executeSql("CREATE TABLE totals (amount INT, orders BIGINT, PRIMARY KEY (amount) NOT ENFORCED)"
                + with(table, "'init-mode' = 'create_if_not_exists', 'sink.parallelism' = '2'"));

        batch.executeSql("INSERT INTO totals SELECT amount, COUNT(*)"
                        + " FROM (VALUES (1, 10), (2, 20), (3, 10)) AS source (id, amount) GROUP BY amount")
                .await();

        assertThat(items(table))
                .containsExactly(
                        "{\"amount\":{\"N\":\"10\"},\"orders\":{\"N\":\"2\"}}",
                        "{\"amount\":{\"N\":\"20\"},\"orders\":{\"N\":\"1\"}}");
    }

    @Test
    void aTableWithoutAPrimaryKeyIsRefused() {
        assertThat(refusal("id INT, name STRING", null))
                .isEqualTo("table people has no primary key; declare PRIMARY KEY (partition key) NOT ENFORCED, or"
                        + " PRIMARY KEY (partition key, sort key) NOT ENFORCED");
    }

    @Test
    void aPrimaryKeyOfThreeColumnsIsRefused() {
        assertThat(refusal("a INT, b INT, c INT, PRIMARY KEY (c, a, b) NOT ENFORCED", null))
                .isEqualTo("the primary key of table people has the columns c, a, b, but a DynamoDB table has a"
                        + " partition key and at most one sort key");
    }

    @Test
    void aKeyOfATypeThatCannotBeOneIsRefused() {
        assertThat(refusal("yes BOOLEAN, name STRING, PRIMARY KEY (yes) NOT ENFORCED", null))
                .isEqualTo(
                        "mirror people-table: the partition key \"yes\" has the type bool, and the type bool can't be"
                                + " used in a key; the types that can are int, float, str, bytes, datetime_naive, datetime_utc, date, time, duration, json, pointer,"
                                + " object, decimal, none of them optional");
        assertThat(refusal("id INT, yes BOOLEAN, PRIMARY KEY (id, yes) NOT ENFORCED", null))
                .startsWith("mirror people-table: the sort key \"yes\" has the type bool, and the type bool can't be");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MAP<INT, INT>         | MAP<INT, INT>",
                "MULTISET<INT>         | MULTISET<INT>",
                "ARRAY<MULTISET<INT>>  | ARRAY<MULTISET<INT>>",
                "ROW<a MAP<INT, INT>>  | ROW<`a` MAP<INT, INT>>",
            })
    void aColumnOfATypeThatCannotBeWrittenIsRefused(String declared, String told) {
        assertThat(refusal("id INT, other " + declared + " NOT NULL, PRIMARY KEY (id) NOT ENFORCED", null))
                .isEqualTo(
                        "mirror people-table: column \"other\" has the type " + told + ", which can't be written; the"
                                + " types that can are BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL, CHAR,"
                                + " VARCHAR, STRING, BINARY, VARBINARY, BYTES, DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ, INTERVAL"
                                + " DAY TO SECOND, VARIANT, and ARRAY, MAP with keys of STRING, and ROW of these; cast the"
                                + " column to one of them");
    }

    @Test
    void optionsThatAreWrongAreRefused() {
        String id = "id INT, PRIMARY KEY (id) NOT ENFORCED";
        assertThat(refusal(id, "'init-mode' = 'append'"))
                .isEqualTo("Could not parse value 'append' for key 'init-mode'.");
        assertThat(refusal(id, "'batch-size' = '10'"))
                .startsWith("Unsupported options found for 'dynamirror'.")
                .contains("Unsupported options:\n\nbatch-size\n")
                .endsWith("""
                        bad-rows
                        billing-mode
                        connector
                        deletion-protection
                        encryption-key
                        endpoint
                        give-up-after
                        global-indexes
                        ignore-attributes
                        init-mode
                        max-deletes
                        max-read-units-per-second
                        max-write-units-per-second
                        merge-deletes
                        name
                        on-bad-row
                        ordering
                        partition-key
                        property-version
                        read-capacity
                        region
                        replace-protected
                        scan.parallelism
                        scan.watermark.alignment.group
                        scan.watermark.alignment.max-drift
                        scan.watermark.alignment.update-interval
                        scan.watermark.emit.strategy
                        scan.watermark.idle-timeout
                        sink.parallelism
                        sort-key
                        stream
                        table-class
                        table-name
                        tags
                        tombstone-retention
                        transport
                        ttl-attribute
                        unstorable-numbers
                        version-column
                        versioned-deletes
                        warm-read-units-per-second
                        warm-write-units-per-second
                        write-capacity
                        write-mode""");
        assertThat(refusal(id, "'on-bad-row' = 'drop'"))
                .isEqualTo("Could not parse value 'drop' for key 'on-bad-row'.");
        assertThat(refusal(id, "'unstorable-numbers' = 'drop'"))
                .isEqualTo("Could not parse value 'drop' for key 'unstorable-numbers'.");
        assertThat(refusal(id, "'on-bad-row' = 'set-aside'"))
                .isEqualTo("bad rows are to be set aside, but no folder for them is given");
        assertThat(refusal(id, "'bad-rows' = '/tmp/bad'"))
                .isEqualTo("there is a folder for bad rows, /tmp/bad, but they are not to be set aside");
        assertThat(refusal(id, "'bad-rows' = '', 'on-bad-row' = 'set-aside'"))
                .isEqualTo("the path of the bad rows is empty");
        assertThat(refusal(id, "'endpoint' = 'some where'"))
                .isEqualTo(
                        "the endpoint \"some where\" is no address: Illegal character in path at index 4: some where");
        assertThat(refusal(id, "'endpoint' = 'localhost:8000'"))
                .isEqualTo("the endpoint \"localhost:8000\" is no address like https://host or http://127.0.0.1:8000");
        assertThat(refusal(id, "'region' = ' '")).isEqualTo("the region is empty; expected one like eu-central-1");
        assertThat(refusal(id, "'name' = ''")).isEqualTo("the name is empty");
        assertThat(refusal(id, "'sink.parallelism' = '0'"))
                .isEqualTo("the option 'sink.parallelism' is 0, and must be at least 1");
        assertThat(refusal(id, "'table-name' = 'a b'"))
                .isEqualTo("\"a b\" is no name of a DynamoDB table; expected 3 to 255 of the characters a-z, A-Z, 0-9,"
                        + " _, - and .");
    }

    @Test
    void optionsOfWritingThatAreWrongAreRefused() {
        String id = "id INT, since BIGINT, name STRING NOT NULL, yes BOOLEAN NOT NULL, PRIMARY KEY (id) NOT ENFORCED";
        assertThat(refusal(id, "'max-write-units-per-second' = 'few'"))
                .isEqualTo("Could not parse value 'few' for key 'max-write-units-per-second'.");
        assertThat(refusal(id, "'max-write-units-per-second' = '-1'"))
                .isEqualTo("max-write-units-per-second is -1.0, and must be a positive number; leave it out for no"
                        + " budget");
        assertThat(refusal(id, "'give-up-after' = 'soon'"))
                .isEqualTo("Could not parse value 'soon' for key 'give-up-after'.");
        assertThat(refusal(id, "'give-up-after' = '0 s'"))
                .isEqualTo("give-up-after is PT0S, and must be a positive duration of at most 36500 days");
        assertThat(refusal(id, "'write-mode' = 'append'"))
                .isEqualTo("Could not parse value 'append' for key 'write-mode'.");
        assertThat(refusal(id, "'merge-deletes' = 'item'"))
                .isEqualTo("merge-deletes is set, but rows are not merged; set write-mode to merge, or leave it out");
        assertThat(refusal(id, "'transport' = 'pigeon'"))
                .isEqualTo("Could not parse value 'pigeon' for key 'transport'.");
        assertThat(refusal(id, "'ordering' = 'none'")).isEqualTo("Could not parse value 'none' for key 'ordering'.");
        String notVersioned = " is set, but the mirror is not versioned; set ordering to versioned, or leave it out";
        assertThat(refusal(id, "'version-column' = 'name'")).isEqualTo("version-column" + notVersioned);
        assertThat(refusal(id, "'versioned-deletes' = 'remove'")).isEqualTo("versioned-deletes" + notVersioned);
        assertThat(refusal(id, "'tombstone-retention' = '1 d'")).isEqualTo("tombstone-retention" + notVersioned);
        String versioned = "'ordering' = 'versioned', ";
        assertThat(refusal(id, versioned + "'versioned-deletes' = 'keep'"))
                .isEqualTo("Could not parse value 'keep' for key 'versioned-deletes'.");
        assertThat(refusal(id, versioned + "'tombstone-retention' = '0 s'"))
                .isEqualTo("tombstone-retention is PT0S, and must be a positive duration of at most 36500 days");
        assertThat(refusal(id, versioned + "'version-column' = 'changed'"))
                .isEqualTo("mirror people-table: the version column \"changed\" is not a column of the live table; its"
                        + " columns are \"id\", \"since\", \"name\", \"yes\"");
        assertThat(refusal(id, versioned + "'version-column' = 'id'"))
                .isEqualTo(
                        "mirror people-table: the version column \"id\" is a part of the key, which is the same in all"
                                + " versions of a row; name another column");
        String types = "; the types that can be versions are int, float, decimal, duration, str, datetime_naive,"
                + " datetime_utc, date, time, none of them optional (in SQL, NOT NULL)";
        assertThat(refusal(id, versioned + "'version-column' = 'since'"))
                .isEqualTo("mirror people-table: the version column \"since\" has the type int?" + types);
        assertThat(refusal(id, versioned + "'version-column' = 'yes'"))
                .isEqualTo("mirror people-table: the version column \"yes\" has the type bool" + types);
        assertThat(refusal("id INT, dynamirror_version INT, PRIMARY KEY (id) NOT ENFORCED", "'ordering' = 'versioned'"))
                .isEqualTo(
                        "mirror people-table: the live table has a column \"dynamirror_version\", which is the name of"
                                + " an attribute that a versioned mirror has for itself; give the column another name");
    }

    @Test
    void aCreatedTableIsAsTheOptionsSay(@TableName String table) throws Exception {
        tables.executeSql("CREATE TABLE people (id INT, name STRING, gone_at BIGINT, PRIMARY KEY (id) NOT ENFORCED)"
                + with(
                        table,
                        "'init-mode' = 'create_if_not_exists', 'billing-mode' = 'provisioned', 'read-capacity' = '2',"
                                + " 'write-capacity' = '3', 'table-class' = 'infrequent-access', 'tags' = 'team=shop',"
                                + " 'ttl-attribute' = 'gone_at', 'stream' = 'new-image',"
                                + " 'global-indexes' = 'by-name(name, id) keys_only'"));

        tables.executeSql("INSERT INTO people VALUES (1, 'Ada', 4102444800) ON CONFLICT DO DEDUPLICATE")
                .await();

        try (Connection connection = Connection.open(new ConnectionSettings(database.endpoint(), Embedded.REGION))) {
            TableDescription made = connection
                    .client()
                    .describeTable(request -> request.tableName(table))
                    .table();
            assertThat(made.provisionedThroughput().writeCapacityUnits()).isEqualTo(3);
            assertThat(made.streamSpecification().streamViewTypeAsString()).isEqualTo("NEW_IMAGE");
            assertThat(made.globalSecondaryIndexes().get(0).indexName()).isEqualTo("by-name");
            assertThat(connection
                            .client()
                            .describeTimeToLive(request -> request.tableName(table))
                            .timeToLiveDescription()
                            .attributeName())
                    .isEqualTo("gone_at");
        }
        assertThat(items(table))
                .containsExactly("{\"id\":{\"N\":\"1\"},\"gone_at\":{\"N\":\"4102444800\"},\"name\":{\"S\":\"Ada\"}}");
    }

    @Test
    void optionsOfCreatedTablesThatAreWrongAreRefused() {
        String id = "id INT, name STRING, yes BOOLEAN, PRIMARY KEY (id) NOT ENFORCED";
        String create = "'init-mode' = 'create_if_not_exists', ";
        assertThat(refusal(id, "'stream' = 'new-image'"))
                .isEqualTo("stream is set, but the init mode default creates no table; set init-mode to"
                        + " create_if_not_exists or replace, or leave it out");
        assertThat(refusal(id, create + "'stream' = 'everything'"))
                .isEqualTo("Could not parse value 'everything' for key 'stream'.");
        assertThat(refusal(id, create + "'billing-mode' = 'provisioned'"))
                .isEqualTo("billing-mode is provisioned, which needs both read-capacity and write-capacity");
        assertThat(refusal(id, create + "'tags' = 'team'"))
                .isEqualTo("tags \"team\": expected key=value, but found \"team\"");
        assertThat(refusal(id, create + "'global-indexes' = 'by-name name'"))
                .isEqualTo("global-indexes \"by-name name\": expected ( and the column that is the partition key of the"
                        + " index by-name, but found \"name\"");
        assertThat(refusal(id, create + "'global-indexes' = 'by-yes(yes)'"))
                .startsWith(
                        "table people-table: the index by-yes has the key \"yes\", a column whose type can't be used"
                                + " in a key; the types that can are ");
        assertThat(refusal(id, create + "'ttl-attribute' = 'name'"))
                .isEqualTo("mirror people-table: the ttl-attribute \"name\" has the type str?; DynamoDB's TTL takes a"
                        + " number of seconds since 1970, of the type int, float or decimal");
        assertThat(refusal(id, create + "'replace-protected' = 'true'"))
                .isEqualTo("replace-protected is set, but the table is not replaced; set init-mode to replace, or leave"
                        + " it out");
    }

    @Test
    void columnTypesThatAreWrongAreRefused() {
        String id = "id INT, name STRING, PRIMARY KEY (id) NOT ENFORCED";
        assertThat(refusal(id, "'column.nam.type' = 'json'"))
                .isEqualTo("mirror people-table: the column \"nam\", of which a type is given, is not a column of the"
                        + " live table; its columns are id, name");
        assertThat(refusal(id, "'column.id.type' = 'pointer'"))
                .isEqualTo("mirror people-table: column \"id\" is given the type pointer, but has Flink's type INT,"
                        + " whose values are none; a pointer or a json can be in a STRING, a duration in a BIGINT of"
                        + " nanoseconds, an object in BYTES, an ndarray in a ROW of the arrays shape and elements");
        assertThat(refusal(id, "'column.name.type' = 'list<jsn>'"))
                .startsWith("the option 'column.name.type': schema \"list<jsn>\": an element of the value has the type"
                        + " \"jsn\", but the types are bool, int, float, ");
        assertThat(refusal(id, "'column.name.typ' = 'json'"))
                .isEqualTo("there is no option 'column.name.typ'; the type of a column is given like 'column.id.type' ="
                        + " 'pointer'");
        assertThat(refusal(id, "'column..type' = 'json'")).startsWith("there is no option 'column..type'; the type of");
        assertThat(refusal(id, "'column.name.type' = 'mixed<int, str>'"))
                .isEqualTo("mirror people-table: column \"name\" has the type mixed<int, str>?, which can't be written;"
                        + " give the column one type");
    }

    @Test
    void columnsAreOfTheTypesThatTheOptionsGive(@TableName String table) throws Exception {
        tables.executeSql("CREATE TABLE hinted (id STRING, `a.b` STRING, lasted BIGINT, ids ARRAY<STRING>,"
                + " pairs MAP<STRING, ROW<p STRING, n INT>>, grid ROW<shape ARRAY<INT>, elements ARRAY<DOUBLE>>,"
                + " plain STRING, PRIMARY KEY (id) NOT ENFORCED)"
                + with(
                        table,
                        "'init-mode' = 'replace', 'column.id.type' = 'pointer', 'column.a.b.type' = 'json',"
                                + " 'column.lasted.type' = 'duration', 'column.ids.type' = 'list<pointer?>',"
                                + " 'column.pairs.type' = 'map<row<p pointer, n duration?>>',"
                                + " 'column.grid.type' = 'ndarray<float>'"));

        tables.executeSql(
                        "INSERT INTO hinted VALUES ('^Z5QKEQCDK9ZZ6TSYV0PM0G92JC', '{ \"b\": 1.0 }', -5,"
                                + " ARRAY['^YYY4HABTRW7T8VX2Q429ZYV70W', CAST(NULL AS STRING)],"
                                + " MAP['k', ROW('^PWSRT420000000000000000000', 7)], ROW(ARRAY[1, 2], ARRAY[0.5e0, 1e0]), '^'),"
                                + " ('^PWSRT420000000000000000000', 'null', CAST(NULL AS BIGINT), CAST(NULL AS ARRAY<STRING>),"
                                + " CAST(NULL AS MAP<STRING, ROW<p STRING, n INT>>),"
                                + " CAST(NULL AS ROW<shape ARRAY<INT>, elements ARRAY<DOUBLE>>), 'x') ON CONFLICT DO DEDUPLICATE")
                .await();

        assertThat(items(table))
                .containsExactly(
                        "{\"id\":{\"S\":\"^PWSRT420000000000000000000\"},\"a.b\":{\"S\":\"null\"},\"grid\":{\"NULL\":true}"
                                + ",\"ids\":{\"NULL\":true},\"lasted\":{\"NULL\":true},\"pairs\":{\"NULL\":true}"
                                + ",\"plain\":{\"S\":\"x\"}}",
                        "{\"id\":{\"S\":\"^Z5QKEQCDK9ZZ6TSYV0PM0G92JC\"},\"a.b\":{\"S\":\"{\\\"b\\\":1.0}\"}"
                                + ",\"grid\":{\"M\":{\"elements\":{\"L\":[{\"N\":\"0.5\"},{\"N\":\"1\"}]}"
                                + ",\"shape\":{\"L\":[{\"N\":\"1\"},{\"N\":\"2\"}]}}}"
                                + ",\"ids\":{\"L\":[{\"S\":\"^YYY4HABTRW7T8VX2Q429ZYV70W\"},{\"NULL\":true}]}"
                                + ",\"lasted\":{\"N\":\"-5\"}"
                                + ",\"pairs\":{\"M\":{\"k\":{\"M\":{\"n\":{\"N\":\"7\"},\"p\":{\"S\":\"^PWSRT420000000000000000000\"}}}}}"
                                + ",\"plain\":{\"S\":\"^\"}}");
    }

    @Test
    void aTableNameIsNeeded() {
        tables.executeSql(
                "CREATE TABLE people (id INT, PRIMARY KEY (id) NOT ENFORCED)" + " WITH ('connector' = 'dynamirror')");

        assertThatThrownBy(() -> tables.explainSql("INSERT INTO people VALUES (1) ON CONFLICT DO DEDUPLICATE"))
                .hasRootCauseMessage("One or more required options are missing.\n\nMissing required options are:\n\n"
                        + "table-name");
    }

    /** What the planner's failure at a table of those columns and that option comes from. */
    private String refusal(String columns, @Nullable String option) {
        tables.executeSql("DROP TEMPORARY TABLE IF EXISTS people");
        String table = option != null && option.contains("table-name") ? "" : "'table-name' = 'people-table',";
        tables.executeSql("CREATE TEMPORARY TABLE people (" + columns + ") WITH (" + table
                + (option == null ? "" : option + ",") + "'connector' = 'dynamirror')");
        Throwable failure =
                catchThrowable(() -> tables.fromValues(1).insertInto("people").printExplain());
        assertThat(failure).isNotNull();
        return String.valueOf(ExceptionUtils.stripException(failure, ValidationException.class)
                .getMessage());
    }

    private String with(String table, @Nullable String options) {
        return " WITH ('connector' = 'dynamirror', 'table-name' = '" + table + "', 'endpoint' = '"
                + database.endpoint() + "', 'region' = '" + Embedded.REGION + "'"
                + (options == null ? "" : ", " + options) + ")";
    }

    private List<String> items(String table) {
        return Items.of(database, table);
    }
}
