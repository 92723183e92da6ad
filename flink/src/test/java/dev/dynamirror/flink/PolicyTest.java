package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The policies of docs/getting-started.md allow what a mirror does, and nothing else. */
final class PolicyTest {

    @ParameterizedTest
    @EnumSource
    void thePolicyHasTheActionsOfTheInitMode(InitMode mode) throws Exception {
        Set<String> done = new TreeSet<>();
        try (FaultyDynamoDb db = FaultyDynamoDb.start()) {
            if (mode != InitMode.DEFAULT) {
                write(db, mode);
                done.addAll(db.requests().keySet());
            }
        }
        try (FaultyDynamoDb db = FaultyDynamoDb.start();
                Connection connection = Connection.open(new ConnectionSettings(db.endpoint(), Embedded.REGION))) {
            createTableWithAll(connection.client());
            Map<String, Long> before = Map.copyOf(db.requests());
            write(db, mode);
            db.requests().forEach((action, count) -> {
                if (count > before.getOrDefault(action, 0L)) {
                    done.add(action);
                }
            });
        }

        if (done.contains("DeleteTable")) {
            // The new table is created with the old one's tags, for which IAM asks for this, too.
            done.add("TagResource");
        }
        assertThat(done).isEqualTo(allowed(mode));
    }

    private static void write(FaultyDynamoDb db, InitMode mode) throws InterruptedException {
        Live live = Live.create(Embedded.environment(1));
        live.write(
                live.tableFromMarkdown("key | item\n1 | apple\n"),
                DynamoDb.table("orders")
                        .partitionKey("key")
                        .initMode(mode)
                        .endpoint(db.endpoint())
                        .region(Embedded.REGION));
        live.run();
    }

    /** A table that has what can be put back on a new one. */
    @SuppressWarnings("unchecked") // the client takes arrays of generic builders
    private static void createTableWithAll(DynamoDbClient client) {
        client.createTable(table -> table.tableName("orders")
                .keySchema(key -> key.attributeName("key").keyType(KeyType.HASH))
                .attributeDefinitions(id -> id.attributeName("key").attributeType(ScalarAttributeType.N))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .tags(tag -> tag.key("team").value("shop")));
        client.updateTimeToLive(request -> request.tableName("orders")
                .timeToLiveSpecification(ttl -> ttl.attributeName("gone_at").enabled(true)));
        client.updateContinuousBackups(request -> request.tableName("orders")
                .pointInTimeRecoverySpecification(recovery -> recovery.pointInTimeRecoveryEnabled(true)));
    }

    private static Set<String> allowed(InitMode mode) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "getting-started.md"));
        Matcher policy = Pattern.compile(
                        "<!-- policy: " + mode.name().toLowerCase(Locale.ROOT) + " -->\n```json\n(.*?)```",
                        Pattern.DOTALL)
                .matcher(page);
        assertThat(policy.find()).isTrue();
        return Pattern.compile("\"dynamodb:(\\w+)\"")
                .matcher(policy.group(1))
                .results()
                .map(action -> action.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
