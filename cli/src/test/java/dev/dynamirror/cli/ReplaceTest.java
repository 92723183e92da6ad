package dev.dynamirror.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.mirror.Mirror;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.table.StreamView;
import dev.dynamirror.table.TableSettings;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** {@code write --init-mode replace}: what it says, when it asks, and what the new table has. */
@WithLocalDynamoDb
final class ReplaceTest {

    @TempDir
    private Path folder;

    private final LocalDynamoDb database;
    private final String table;

    /** The questions that were asked. */
    private final List<String> questions = new ArrayList<>();

    ReplaceTest(LocalDynamoDb database, @TableName String table) {
        Shell.connectTo(database.endpoint());
        this.database = database;
        this.table = table;
    }

    @BeforeEach
    void createTable() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("new.md"), "key | item\n3 | plum\n");
        TableSettings settings =
                TableSettings.builder().globalIndexes("by-item(item) keys_only").ttlAttribute("key").stream(
                                StreamView.NEW_IMAGE)
                        .build();
        MirrorSettings.Builder mirror = DynamoDb.table(table)
                .endpoint(database.endpoint())
                .region("eu-central-1")
                .partitionKey("key")
                .initMode(InitMode.CREATE_IF_NOT_EXISTS)
                .tableSettings(settings);
        try (Mirror old = Mirror.open(mirror, Schema.parse("key int, item str"))) {
            old.put(Map.of("key", 1, "item", "apple"));
            old.put(Map.of("key", 2, "item", "pear"));
        }
    }

    private String[] words(String file, String initMode, String... options) {
        return Stream.concat(
                        Stream.of(
                                "write",
                                folder.resolve(file).toString(),
                                "--table",
                                table,
                                "--partition-key",
                                "key",
                                "--init-mode",
                                initMode),
                        Stream.of(options))
                .toArray(String[]::new);
    }

    private TableDescription describe() {
        return ask(client ->
                client.describeTable(request -> request.tableName(table)).table());
    }

    /** The answer to a request. No connection stays open, as a command waits until all of this JVM are closed. */
    private <T> T ask(Function<DynamoDbClient, T> request) {
        try (Connection connection = Connection.open(new ConnectionSettings(database.endpoint(), "eu-central-1"))) {
            return request.apply(connection.client());
        }
    }

    private String ttlAttribute() {
        return ask(client -> client.describeTimeToLive(request -> request.tableName(table)))
                .timeToLiveDescription()
                .attributeName();
    }

    private String items() {
        return Shell.run("scan", table, "--format", "jsonl").results();
    }

    private static final String OLD = "{\"key\":1,\"item\":\"apple\"}\n{\"key\":2,\"item\":\"pear\"}\n";
    private static final String NEW = "{\"key\":3,\"item\":\"plum\"}\n";

    @Test
    void aScriptIsToldAndNotAsked() {
        String stream = describe().latestStreamArn();

        Shell.Outcome replaced = Shell.run(words("new.md", "replace"));

        assertThat(replaced.status()).isZero();
        assertThat(replaced.messages())
                .isEqualTo("dynamirror: replacing table " + table
                        + " loses its items (2 when DynamoDB counted them, up to six hours ago), what its"
                        + " stream still has (the new one is another: " + stream + " ends)\n"
                        + "dynamirror: the new one has global indexes by-item, a stream, TTL by key; should this command"
                        + " end before it is there, this makes it:\n"
                        + "  aws dynamodb create-table --cli-input-json '{\"AttributeDefinitions\":[{\"AttributeName\":\"key\","
                        + "\"AttributeType\":\"N\"},{\"AttributeName\":\"item\",\"AttributeType\":\"S\"}],\"TableName\":\""
                        + table + "\",\"KeySchema\":[{\"AttributeName\":\"key\",\"KeyType\":\"HASH\"}],"
                        + "\"GlobalSecondaryIndexes\":[{\"IndexName\":\"by-item\",\"KeySchema\":[{\"AttributeName\":\"item\","
                        + "\"KeyType\":\"HASH\"}],\"Projection\":{\"ProjectionType\":\"KEYS_ONLY\"}}],"
                        + "\"BillingMode\":\"PAY_PER_REQUEST\",\"StreamSpecification\":{\"StreamEnabled\":true,"
                        + "\"StreamViewType\":\"NEW_IMAGE\"}}'\n"
                        + "  aws dynamodb wait table-exists --table-name " + table + "\n"
                        + "  aws dynamodb update-time-to-live --table-name " + table
                        + " --time-to-live-specification Enabled=true,AttributeName=key\n");
        assertThat(items()).isEqualTo(NEW);
        assertThat(describe().globalSecondaryIndexes().get(0).indexName()).isEqualTo("by-item");
        assertThat(describe().streamSpecification().streamViewTypeAsString()).isEqualTo("NEW_IMAGE");
        assertThat(ttlAttribute()).isEqualTo("key");
    }

    @Test
    void theOptionsAreThoseOfJava() {
        ask(client -> client.deleteTable(request -> request.tableName(table)));
        String[] options = {
            "--global-indexes", "by-item(item, key) include(a, b)",
            "--ttl-attribute", "key",
            "--stream", "old-image",
            "--billing-mode", "provisioned",
            "--read-capacity", "2",
            "--write-capacity", "3",
            "--tags", "team=shop, stage=test",
            "--deletion-protection", "off"
        };
        assertThat(Shell.run(words("new.md", "create_if_not_exists", options)).status())
                .isZero();

        GlobalSecondaryIndexDescription index =
                describe().globalSecondaryIndexes().get(0);
        assertThat(index.indexName()).isEqualTo("by-item");
        assertThat(index.keySchema()).extracting(key -> key.attributeName()).containsExactly("item", "key");
        assertThat(index.projection().nonKeyAttributes()).containsExactlyInAnyOrder("a", "b");
        assertThat(ttlAttribute()).isEqualTo("key");
        assertThat(describe().streamSpecification().streamViewTypeAsString()).isEqualTo("OLD_IMAGE");
        assertThat(describe().provisionedThroughput().readCapacityUnits()).isEqualTo(2);
        assertThat(describe().provisionedThroughput().writeCapacityUnits()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"y", " YES "})
    void whoSaysYesHasItReplaced(String answer) {
        assertThat(atTerminal(answer).status()).isZero();
        assertThat(questions).containsExactly("Replace table " + table + "? [y/N] ");
        assertThat(items()).isEqualTo(NEW);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "n", "what?"})
    void whoSaysAnythingElseKeepsIt(@Nullable String answer) {
        Shell.Outcome kept = atTerminal(answer);
        assertThat(kept.status()).isEqualTo(1);
        assertThat(kept.results()).isEmpty();
        assertThat(kept.messages())
                .endsWith("\ndynamirror: table " + table + " is not replaced, as you said; nothing is changed\n");
        assertThat(questions).hasSize(1);
        assertThat(items()).isEqualTo(OLD);
    }

    @Test
    void whoSaysYesBeforehandIsNotAsked() {
        assertThat(atTerminal("n", "--yes").status()).isZero();
        assertThat(questions).isEmpty();
        assertThat(items()).isEqualTo(NEW);
    }

    @Test
    void nobodyIsAskedForATableWithoutItems() {
        ask(client -> client.deleteTable(request -> request.tableName(table)));
        assertThat(atTerminal("n").messages()).isEmpty();
        assertThat(questions).isEmpty();
        assertThat(items()).isEqualTo(NEW);
    }

    @Test
    void aProtectedTableNeedsAWordMore() {
        ask(client -> client.updateTable(request -> request.tableName(table).deletionProtectionEnabled(true)));
        assertThat(Shell.run(words("new.md", "replace", "--yes")))
                .isEqualTo(new Shell.Outcome(
                        1,
                        "",
                        "dynamirror: table " + table + " is protected against deletion, and is not replaced; turn its"
                                + " protection off, or have the mirror do so by replace-protected\n"));
        assertThat(items()).isEqualTo(OLD);

        assertThat(Shell.run(words("new.md", "replace", "--yes", "--replace-protected"))
                        .status())
                .isZero();
        assertThat(items()).isEqualTo(NEW);
        assertThat(describe().deletionProtectionEnabled()).isTrue();
        ask(client -> client.updateTable(request -> request.tableName(table).deletionProtectionEnabled(false)));
    }

    private Shell.Outcome atTerminal(@Nullable String answer, String... options) {
        return Shell.runAtTerminal(
                question -> {
                    questions.add(question);
                    return answer;
                },
                words("new.md", "replace", options));
    }
}
