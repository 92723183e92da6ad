package dev.dynamirror.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

@WithLocalDynamoDb
final class ScanTest {

    private final ConnectionSettings settings;

    ScanTest(LocalDynamoDb database) {
        Shell.connectTo(database.endpoint());
        settings = new ConnectionSettings(database.endpoint(), "eu-central-1");
    }

    @Test
    void aTextTableHasItsKeyFirstAndTellsAbsentFromMissing(@TableName String table) {
        createWithItems(table);
        assertThat(Shell.run("scan", table)).isEqualTo(new Shell.Outcome(0, """
                        user | at  | bin    | flag   | list               | text
                        ---- | --- | ------ | ------ | ------------------ | ------------------
                        a    | 2   |        | true   |                    |
                        a    | 10  |        |        |                    | null
                        b    | 1   | "AP8=" | "true" | ["x",1.5,{"k":[]}] | "two\\nlines \\"q\\""
                        \u00fc    | 1   |        |        |                    | \u732b says hi
                        """, ""));
    }

    @Test
    void aTextTableTellsStringsFromNumbersAndKeepsControlCharactersFromTheTerminal(@TableName String table) {
        create(table);
        put(
                table,
                "1",
                "1",
                Map.of(
                        "a\u009b", AttributeValue.fromS("-1.5e3"),
                        "b|", AttributeValue.fromN("-1500"),
                        "c", AttributeValue.fromL(java.util.List.of(AttributeValue.fromS("\u0085"))),
                        "d", AttributeValue.fromS("red\u001b[31m\u009b31m\u007f\u2028"),
                        "e", AttributeValue.fromS("1.2.3"),
                        "null", AttributeValue.fromS("1.")));
        assertThat(Shell.run("scan", table)).isEqualTo(new Shell.Outcome(0, """
                        user | at  | "a\\u009B" | "b|"  | c          | d                                    | e     | null
                        ---- | --- | --------- | ----- | ---------- | ------------------------------------ | ----- | ----
                        "1"  | 1   | "-1.5e3"  | -1500 | ["\\u0085"] | "red\\u001B[31m\\u009B31m\\u007F\\u2028" | 1.2.3 | "1."
                        """, ""));
    }

    @Test
    void jsonLines(@TableName String table) {
        createWithItems(table);
        assertThat(Shell.run("scan", table, "--format", "jsonl")).isEqualTo(new Shell.Outcome(0, """
                        {"user":"a","at":2,"flag":true}
                        {"user":"a","at":10,"text":null}
                        {"user":"b","at":1,"bin":"AP8=","flag":"true","list":["x",1.5,{"k":[]}],"text":"two\\nlines \\"q\\""}
                        {"user":"\u00fc","at":1,"text":"\u732b says hi"}
                        """, ""));
    }

    @Test
    void dynamoDbsOwnJson(@TableName String table) {
        createWithItems(table);
        assertThat(Shell.run("scan", table, "--format", "dynamodb-json")).isEqualTo(new Shell.Outcome(0, """
                        {"user":{"S":"a"},"at":{"N":"2"},"flag":{"BOOL":true}}
                        {"user":{"S":"a"},"at":{"N":"10"},"text":{"NULL":true}}
                        {"user":{"S":"b"},"at":{"N":"1"},"bin":{"B":"AP8="},"flag":{"S":"true"},\
                        "list":{"L":[{"S":"x"},{"N":"1.5"},{"M":{"k":{"L":[]}}}]},"text":{"S":"two\\nlines \\"q\\""}}
                        {"user":{"S":"\u00fc"},"at":{"N":"1"},"text":{"S":"\u732b says hi"}}
                        """, ""));
    }

    @Test
    void tombstonesAreNotShown(@TableName String table) {
        create(table);
        put(table, "a", "1", Map.of("dynamirror_version", AttributeValue.fromN("7")));
        put(
                table,
                "a",
                "2",
                Map.of(
                        "dynamirror_version", AttributeValue.fromN("8"),
                        "dynamirror_deleted", AttributeValue.fromBool(true),
                        "dynamirror_expires", AttributeValue.fromN("4000000000")));
        assertThat(Shell.run("scan", table, "--format", "jsonl").results())
                .isEqualTo("{\"user\":\"a\",\"at\":1,\"dynamirror_version\":7}\n");
        assertThat(Shell.run("scan", table, "--schema", "at int", "--format", "jsonl")
                        .results())
                .isEqualTo("{\"at\":1}\n");
        assertThat(Shell.run("scan", table, "--show-schema").results())
                .isEqualTo("user str, at int, dynamirror_version int\n");
    }

    @Test
    void anEmptyTableIsItsHeaderOrNothing(@TableName String table) {
        create(table);
        assertThat(Shell.run("scan", table).results()).isEqualTo("user | at\n---- | ---\n");
        assertThat(Shell.run("scan", table, "--format", "jsonl")).isEqualTo(new Shell.Outcome(0, "", ""));
    }

    /** Also JSON, which stands in a string, durations, which are numbers there, and numbers that became strings. */
    @Test
    void linesOfJsonAreWhatWriteReads(@TableName String table, @TempDir Path folder) throws IOException {
        String schema = "id int, j json, grid ndarray<int>, took duration, f float, doc row<a int, b str?>";
        Path rows = Files.writeString(folder.resolve("rows.jsonl"), """
                {"id":1,"j":{"b":1.0},"grid":[[1,2]],"took":"PT0.000000001S","f":1.0E200,"doc":{"a":1,"b":null}}
                """);
        String[] write = {
            "write",
            rows.toString(),
            "--table",
            table,
            "--partition-key",
            "id",
            "--init-mode",
            "create_if_not_exists",
            "--schema",
            schema,
            "--unstorable-numbers",
            "as-string"
        };
        assertThat(Shell.run(write).status()).isZero();

        assertThat(Shell.run(
                        "scan", table, "--schema", schema, "--format", "jsonl", "--unstorable-numbers", "as-string"))
                .isEqualTo(new Shell.Outcome(0, Files.readString(rows), ""));
    }

    @Test
    void aSchemaNamesTheColumnsThatAreRead(@TableName String table) {
        createWithItems(table);
        String schema = "text str?, user str, nowhere int?";
        assertThat(Shell.run("scan", table, "--schema", schema)).isEqualTo(new Shell.Outcome(0, """
                        text               | user | nowhere
                        ------------------ | ---- | -------
                                           | a    |
                        null               | a    |
                        "two\\nlines \\"q\\"" | b    |
                        \u732b says hi          | \u00fc    |
                        """, ""));
        assertThat(Shell.run("scan", table, "--schema", schema, "--format", "jsonl"))
                .isEqualTo(new Shell.Outcome(0, """
                        {"text":null,"user":"a","nowhere":null}
                        {"text":null,"user":"a","nowhere":null}
                        {"text":"two\\nlines \\"q\\"","user":"b","nowhere":null}
                        {"text":"\u732b says hi","user":"\u00fc","nowhere":null}
                        """, ""));
        assertThat(Shell.run("scan", table, "--schema", "at int", "--format", "dynamodb-json"))
                .isEqualTo(new Shell.Outcome(0, """
                        {"at":{"N":"2"}}
                        {"at":{"N":"10"}}
                        {"at":{"N":"1"}}
                        {"at":{"N":"1"}}
                        """, ""));
    }

    @Test
    void anItemThatDoesNotFitTheSchemaIsAFailure(@TableName String table) {
        createWithItems(table);
        assertThat(Shell.run("scan", table, "--schema", "flag bool?"))
                .isEqualTo(new Shell.Outcome(
                        1,
                        "",
                        "dynamirror: table " + table
                                + ": attribute \"flag\" of item {user=\"b\", at=1}: expected a value"
                                + " of the type bool, but found the string (S) \"true\"\n"));
    }

    @Test
    void theSchemaThatAllItemsFit(@TableName String table) {
        createWithItems(table);
        Shell.Outcome shown = Shell.run("scan", table, "--show-schema");
        assertThat(shown)
                .isEqualTo(new Shell.Outcome(
                        0,
                        "user str, at int, bin bytes?, flag mixed<bool, str>?,"
                                + " list list<mixed<decimal(2, 1), str, row<k list<str?>>>>?, text str?\n",
                        ""));
        assertThat(Shell.run("scan", table, "--schema", shown.results())).isEqualTo(Shell.run("scan", table));
    }

    @Test
    void theSchemaOfAnEmptyTableIsItsKey(@TableName String table) {
        create(table);
        assertThat(Shell.run("scan", table, "--show-schema")).isEqualTo(new Shell.Outcome(0, "user str, at int\n", ""));
    }

    @Test
    void aNameWithControlCharactersIsNotShownInASchema(@TableName String table) {
        create(table);
        put(table, "a", "1", Map.of("red\u001b[31m", AttributeValue.fromN("1")));
        assertThat(Shell.run("scan", table, "--show-schema"))
                .isEqualTo(new Shell.Outcome(
                        1,
                        "",
                        "dynamirror: table " + table + ": the schema can't be shown, as an attribute's name has control"
                                + " characters; the columns are user, at, \"red\\u001B[31m\"\n"));
    }

    @Test
    void aMissingTableFails() {
        assertThat(Shell.run("scan", "nowhere"))
                .isEqualTo(new Shell.Outcome(1, "", "dynamirror: table nowhere doesn't exist\n"));
        assertThat(Shell.run("scan", "nowhere", "--show-schema"))
                .isEqualTo(new Shell.Outcome(1, "", "dynamirror: table nowhere doesn't exist\n"));
    }

    @Test
    void debugShowsTheStackTraceBeforeTheError() {
        Shell.Outcome outcome = Shell.run("scan", "nowhere", "--debug");
        assertThat(outcome.messages())
                .startsWith("dev.dynamirror.error.MirrorException: table nowhere doesn't exist\n\tat ")
                .endsWith("\ndynamirror: table nowhere doesn't exist\n");
    }

    @Test
    void aReaderThatGoesAwayIsNoFailure(@TableName String table) {
        create(table);
        assertThat(runWith(brokenBy("Broken pipe"), "scan", table)).isEqualTo(new Shell.Outcome(0, "", ""));
    }

    @Test
    void aFullDiskIsAFailure(@TableName String table) {
        create(table);
        assertThat(runWith(brokenBy("No space left on device"), "scan", table))
                .isEqualTo(new Shell.Outcome(
                        1, "", "dynamirror: the results can't be written: No space left on device\n"));
    }

    private static Shell.Outcome runWith(OutputStream results, String... arguments) {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int status = Dynamirror.run(new Console(new ByteArrayInputStream(new byte[0]), results, messages), arguments);
        return new Shell.Outcome(status, "", messages.toString(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static OutputStream brokenBy(String reason) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        };
    }

    private void create(String table) {
        request(client -> client.createTable(request -> request.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute("user", ScalarAttributeType.S), attribute("at", ScalarAttributeType.N))
                .keySchema(key("user", KeyType.HASH), key("at", KeyType.RANGE))));
    }

    private void createWithItems(String table) {
        create(table);
        put(
                table,
                "b",
                "1",
                Map.of(
                        "text", AttributeValue.fromS("two\nlines \"q\""),
                        "flag", AttributeValue.fromS("true"),
                        "bin", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1})),
                        "list",
                                AttributeValue.fromL(java.util.List.of(
                                        AttributeValue.fromS("x"),
                                        AttributeValue.fromN("1.5"),
                                        AttributeValue.fromM(
                                                Map.of("k", AttributeValue.fromL(java.util.List.of())))))));
        put(table, "a", "10", Map.of("text", AttributeValue.fromNul(true)));
        put(table, "a", "2", Map.of("flag", AttributeValue.fromBool(true)));
        put(table, "\u00fc", "1", Map.of("text", AttributeValue.fromS("\u732b says hi")));
    }

    private void put(String table, String user, String at, Map<String, AttributeValue> others) {
        Map<String, AttributeValue> item = new LinkedHashMap<>(others);
        item.put("user", AttributeValue.fromS(user));
        item.put("at", AttributeValue.fromN(at));
        request(client -> client.putItem(request -> request.tableName(table).item(item)));
    }

    /** By a connection of its own: a command waits at its end for all connections of this JVM to be closed. */
    private void request(Consumer<DynamoDbClient> request) {
        try (Connection connection = Connection.open(settings)) {
            request.accept(connection.client());
        }
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
