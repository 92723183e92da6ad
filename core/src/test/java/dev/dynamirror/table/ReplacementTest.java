package dev.dynamirror.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.KeyType;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import dev.dynamirror.testkit.faulty.Fault;
import dev.dynamirror.testkit.faulty.Faults;
import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** What a table that is replaced leaves to the one that comes in its place. */
final class ReplacementTest {

    private static final TableSpec.KeyPart ID = new TableSpec.KeyPart("id", KeyType.N);
    private static final TableSpec.KeyPart AT = new TableSpec.KeyPart("at", KeyType.S);

    /** The live table's columns; "flag" is none that can be a key. */
    private static final Map<String, Optional<KeyType>> COLUMNS = Map.of(
            "id", Optional.of(KeyType.N),
            "at", Optional.of(KeyType.S),
            "customer", Optional.of(KeyType.S),
            "flag", Optional.empty());

    private static Preparation replace(TableSpec spec, TableSettings settings) {
        return new Preparation(spec, InitMode.REPLACE, settings, null, COLUMNS);
    }

    /** A table with nearly all that a table can have; nothing that DynamoDB Local has not. */
    private static CreateTableRequest.Builder rich(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .attributeDefinitions(
                        attribute("id", ScalarAttributeType.N),
                        attribute("at", ScalarAttributeType.S),
                        attribute("customer", ScalarAttributeType.S),
                        attribute("theirs", ScalarAttributeType.B))
                .keySchema(key("id", "HASH"), key("at", "RANGE"))
                .localSecondaryIndexes(LocalSecondaryIndex.builder()
                        .indexName("local-theirs")
                        .keySchema(key("id", "HASH"), key("theirs", "RANGE"))
                        .projection(projection -> projection.projectionType("ALL"))
                        .build())
                .globalSecondaryIndexes(
                        GlobalSecondaryIndex.builder()
                                .indexName("by-customer")
                                .keySchema(key("customer", "HASH"), key("at", "RANGE"))
                                .projection(projection ->
                                        projection.projectionType("INCLUDE").nonKeyAttributes("a", "b"))
                                .provisionedThroughput(
                                        units -> units.readCapacityUnits(3L).writeCapacityUnits(4L))
                                .build(),
                        GlobalSecondaryIndex.builder()
                                .indexName("by-theirs")
                                .keySchema(key("theirs", "HASH"))
                                .projection(projection -> projection.projectionType("KEYS_ONLY"))
                                .provisionedThroughput(
                                        units -> units.readCapacityUnits(5L).writeCapacityUnits(6L))
                                .build())
                .billingMode("PROVISIONED")
                .provisionedThroughput(units -> units.readCapacityUnits(7L).writeCapacityUnits(8L))
                .streamSpecification(stream -> stream.streamEnabled(true).streamViewType("OLD_IMAGE"))
                .tags(
                        Tag.builder().key("stage").value("test").build(),
                        Tag.builder().key("team").value("shop").build());
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static KeySchemaElement key(String name, String role) {
        return KeySchemaElement.builder().attributeName(name).keyType(role).build();
    }

    private static void turnOnTtl(DynamoDbClient client, String table) {
        client.updateTimeToLive(request -> request.tableName(table)
                .timeToLiveSpecification(ttl -> ttl.attributeName("gone_at").enabled(true)));
    }

    private static String ttl(DynamoDbClient client, String table) {
        return client.describeTimeToLive(request -> request.tableName(table))
                .timeToLiveDescription()
                .attributeName();
    }

    private static void putItem(DynamoDbClient client, String table) {
        client.putItem(request -> request.tableName(table)
                .item(Map.of("id", AttributeValue.fromN("1"), "at", AttributeValue.fromS("now"))));
    }

    private static void assertKept(DynamoDbClient client, String name) {
        TableDescription table =
                client.describeTable(request -> request.tableName(name)).table();
        assertThat(table.keySchema()).containsExactly(key("id", "HASH"), key("at", "RANGE"));
        LocalSecondaryIndexDescription local = table.localSecondaryIndexes().get(0);
        assertThat(local.indexName()).isEqualTo("local-theirs");
        assertThat(local.keySchema()).containsExactly(key("id", "HASH"), key("theirs", "RANGE"));
        assertThat(local.projection().projectionTypeAsString()).isEqualTo("ALL");
        assertThat(table.globalSecondaryIndexes()).hasSize(2);
        GlobalSecondaryIndexDescription byCustomer = index(table, "by-customer");
        assertThat(byCustomer.keySchema()).containsExactly(key("customer", "HASH"), key("at", "RANGE"));
        assertThat(byCustomer.projection().projectionTypeAsString()).isEqualTo("INCLUDE");
        assertThat(byCustomer.projection().nonKeyAttributes()).containsExactlyInAnyOrder("a", "b");
        assertThat(byCustomer.provisionedThroughput().readCapacityUnits()).isEqualTo(3);
        assertThat(byCustomer.provisionedThroughput().writeCapacityUnits()).isEqualTo(4);
        GlobalSecondaryIndexDescription byTheirs = index(table, "by-theirs");
        assertThat(byTheirs.keySchema()).containsExactly(key("theirs", "HASH"));
        assertThat(byTheirs.projection().projectionTypeAsString()).isEqualTo("KEYS_ONLY");
        assertThat(byTheirs.provisionedThroughput().writeCapacityUnits()).isEqualTo(6);
        assertThat(table.provisionedThroughput().readCapacityUnits()).isEqualTo(7);
        assertThat(table.provisionedThroughput().writeCapacityUnits()).isEqualTo(8);
        assertThat(table.streamSpecification().streamViewTypeAsString()).isEqualTo("OLD_IMAGE");
        assertThat(ttl(client, name)).isEqualTo("gone_at");
        assertThat(client.scan(request -> request.tableName(name)).count()).isZero();
    }

    private static GlobalSecondaryIndexDescription index(TableDescription table, String name) {
        return table.globalSecondaryIndexes().stream()
                .filter(index -> index.indexName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Nested
    @WithLocalDynamoDb
    final class OnDynamoDbLocal {

        @Test
        void whatCanBeKeptIs(LocalDynamoDb database, @TableName String name) {
            try (Connection connection = Connection.open(new ConnectionSettings(database.endpoint(), "us-east-1"))) {
                DynamoDbClient client = connection.client();
                client.createTable(rich(name).build());
                turnOnTtl(client, name);
                putItem(client, name);

                new TablePreparer(client).prepare(replace(new TableSpec(name, ID, AT), TableSettings.NONE));

                assertKept(client, name);
            }
        }

        @Test
        void aTableIsCreatedAsTheSettingsSay(LocalDynamoDb database, @TableName String name) {
            try (Connection connection = Connection.open(new ConnectionSettings(database.endpoint(), "us-east-1"))) {
                DynamoDbClient client = connection.client();
                TableSettings settings = TableSettings.builder()
                        .billingMode(BillingMode.PROVISIONED)
                        .readCapacity(2)
                        .writeCapacity(3)
                        .tags("team=shop")
                        .ttlAttribute("id")
                        .deletionProtection(DeletionProtection.ON)
                        .stream(StreamView.NEW_AND_OLD_IMAGES)
                        .globalIndexes("by-customer(customer, at) include(a, b), by-at(at) keys_only")
                        .build();

                new TablePreparer(client)
                        .prepare(new Preparation(
                                new TableSpec(name, ID, null), InitMode.CREATE_IF_NOT_EXISTS, settings, null, COLUMNS));

                TableDescription table =
                        client.describeTable(request -> request.tableName(name)).table();
                assertThat(table.provisionedThroughput().readCapacityUnits()).isEqualTo(2);
                assertThat(table.provisionedThroughput().writeCapacityUnits()).isEqualTo(3);
                assertThat(table.deletionProtectionEnabled()).isTrue();
                assertThat(table.streamSpecification().streamViewTypeAsString()).isEqualTo("NEW_AND_OLD_IMAGES");
                assertThat(ttl(client, name)).isEqualTo("id");
                GlobalSecondaryIndexDescription byCustomer = index(table, "by-customer");
                assertThat(byCustomer.keySchema()).containsExactly(key("customer", "HASH"), key("at", "RANGE"));
                assertThat(byCustomer.projection().nonKeyAttributes()).containsExactlyInAnyOrder("a", "b");
                assertThat(byCustomer.provisionedThroughput().writeCapacityUnits())
                        .isEqualTo(3);
                assertThat(index(table, "by-at").projection().projectionTypeAsString())
                        .isEqualTo("KEYS_ONLY");
                client.updateTable(request -> request.tableName(name).deletionProtectionEnabled(false));
            }
        }
    }

    @Nested
    final class OnAServerThatFails {

        private final FaultyDynamoDb server = FaultyDynamoDb.start();
        private final Connection connection = Connection.open(new ConnectionSettings(server.endpoint(), "us-east-1"));
        private final DynamoDbClient client = connection.client();
        private final TablePreparer preparer = new TablePreparer(client);

        @AfterEach
        void close() {
            connection.close();
            server.close();
        }

        private Preparation replacing(TableSpec.KeyPart partition, TableSettings settings) {
            return replace(new TableSpec("orders", partition, partition.equals(ID) ? AT : null), settings);
        }

        private void createRich() {
            client.createTable(rich("orders")
                    .tableClass("STANDARD_INFREQUENT_ACCESS")
                    .sseSpecification(encryption ->
                            encryption.enabled(true).sseType("KMS").kmsMasterKeyId("arn:aws:kms:us-east-1:1:key/mine"))
                    .deletionProtectionEnabled(true)
                    .resourcePolicy("{\"Statement\":[]}")
                    .build());
            turnOnTtl(client, "orders");
            client.updateContinuousBackups(request -> request.tableName("orders")
                    .pointInTimeRecoverySpecification(recovery ->
                            recovery.pointInTimeRecoveryEnabled(true).recoveryPeriodInDays(7)));
            putItem(client, "orders");
        }

        private TableDescription describe() {
            return client.describeTable(request -> request.tableName("orders")).table();
        }

        @Test
        void allThatCanBeKeptIs() {
            createRich();

            preparer.prepare(
                    replacing(ID, TableSettings.builder().replaceProtected().build()));

            assertKept(client, "orders");
            TableDescription table = describe();
            assertThat(table.tableClassSummary().tableClassAsString()).isEqualTo("STANDARD_INFREQUENT_ACCESS");
            assertThat(table.sseDescription().kmsMasterKeyArn()).isEqualTo("arn:aws:kms:us-east-1:1:key/mine");
            assertThat(table.deletionProtectionEnabled()).isTrue();
            assertThat(client.getResourcePolicy(request -> request.resourceArn(table.tableArn()))
                            .policy())
                    .isEqualTo("{\"Statement\":[]}");
            assertThat(tags()).containsExactly("stage=test", "team=shop");
            PointInTimeRecoveryDescription recovery = client.describeContinuousBackups(
                            request -> request.tableName("orders"))
                    .continuousBackupsDescription()
                    .pointInTimeRecoveryDescription();
            assertThat(recovery.pointInTimeRecoveryStatusAsString()).isEqualTo("ENABLED");
            assertThat(recovery.recoveryPeriodInDays()).isEqualTo(7);
        }

        /** The tags; the server gives one a page. */
        private List<String> tags() {
            List<String> tags = new ArrayList<>();
            String next = null;
            do {
                String from = next;
                ListTagsOfResourceResponse page = client.listTagsOfResource(
                        request -> request.resourceArn(describe().tableArn()).nextToken(from));
                page.tags().forEach(tag -> tags.add(tag.key() + "=" + tag.value()));
                next = page.nextToken();
            } while (next != null);
            return tags;
        }

        @Test
        void theSettingsWinOverWhatWasThere() {
            createRich();

            preparer.prepare(replacing(
                    ID,
                    TableSettings.builder()
                            .billingMode(BillingMode.ON_DEMAND)
                            .warmReadUnitsPerSecond(13_000)
                            .warmWriteUnitsPerSecond(5_000)
                            .tableClass(TableClass.STANDARD)
                            .encryptionKey("alias/aws/dynamodb")
                            .tags("team=mail")
                            .ttlAttribute("expires")
                            .deletionProtection(DeletionProtection.OFF)
                            .stream(StreamView.KEYS_ONLY)
                            .globalIndexes("by-customer(customer)")
                            .replaceProtected()
                            .build()));

            TableDescription table = describe();
            assertThat(table.billingModeSummary().billingModeAsString()).isEqualTo("PAY_PER_REQUEST");
            assertThat(table.warmThroughput().readUnitsPerSecond()).isEqualTo(13_000);
            assertThat(table.warmThroughput().writeUnitsPerSecond()).isEqualTo(5_000);
            assertThat(table.tableClassSummary().tableClassAsString()).isEqualTo("STANDARD");
            assertThat(table.sseDescription().kmsMasterKeyArn())
                    .isEqualTo("arn:aws:kms:us-east-1:000000000000:key/of-aws");
            assertThat(tags()).containsExactly("stage=test", "team=mail");
            assertThat(ttl(client, "orders")).isEqualTo("expires");
            assertThat(table.deletionProtectionEnabled()).isFalse();
            assertThat(table.streamSpecification().streamViewTypeAsString()).isEqualTo("KEYS_ONLY");
            assertThat(index(table, "by-customer").keySchema()).containsExactly(key("customer", "HASH"));
            assertThat(index(table, "by-theirs").keySchema()).containsExactly(key("theirs", "HASH"));
        }

        @Test
        void whatIsLostAndWhatIsKeptIsTold() {
            createRich();

            Replacement replacement = preparer.replacement(replacing(
                            AT, TableSettings.builder().replaceProtected().build()))
                    .orElseThrow();

            assertThat(replacement.itemCount()).isEqualTo(1);
            assertThat(replacement.losses())
                    .isEqualTo(
                            "its items (1 when DynamoDB counted them, up to six hours ago), what its stream still has"
                                    + " (the new one is another: " + describe().latestStreamArn()
                                    + " ends), its recovery points,"
                                    + " the index local-theirs (a local index, which needs the partition key \"id\" and a sort"
                                    + " key)");
            assertThat(replacement.kept())
                    .isEqualTo(
                            "global indexes by-customer and by-theirs, provisioned capacity, a stream, TTL by gone_at,"
                                    + " tags stage and team, encryption, class STANDARD_INFREQUENT_ACCESS, point-in-time recovery,"
                                    + " deletion protection, resource policy");
            assertThat(replacement.commands())
                    .containsExactly(
                            "aws dynamodb create-table --cli-input-json"
                                    + " '{\"AttributeDefinitions\":[{\"AttributeName\":\"at\",\"AttributeType\":\"S\"},"
                                    + "{\"AttributeName\":\"customer\",\"AttributeType\":\"S\"},"
                                    + "{\"AttributeName\":\"theirs\",\"AttributeType\":\"B\"}],"
                                    + "\"TableName\":\"orders\","
                                    + "\"KeySchema\":[{\"AttributeName\":\"at\",\"KeyType\":\"HASH\"}],"
                                    + "\"GlobalSecondaryIndexes\":[{\"IndexName\":\"by-customer\",\"KeySchema\":"
                                    + "[{\"AttributeName\":\"customer\",\"KeyType\":\"HASH\"},"
                                    + "{\"AttributeName\":\"at\",\"KeyType\":\"RANGE\"}],"
                                    + "\"Projection\":{\"ProjectionType\":\"INCLUDE\",\"NonKeyAttributes\":[\"a\",\"b\"]},"
                                    + "\"ProvisionedThroughput\":{\"ReadCapacityUnits\":3,\"WriteCapacityUnits\":4}},"
                                    + "{\"IndexName\":\"by-theirs\",\"KeySchema\":"
                                    + "[{\"AttributeName\":\"theirs\",\"KeyType\":\"HASH\"}],"
                                    + "\"Projection\":{\"ProjectionType\":\"KEYS_ONLY\"},"
                                    + "\"ProvisionedThroughput\":{\"ReadCapacityUnits\":5,\"WriteCapacityUnits\":6}}],"
                                    + "\"BillingMode\":\"PROVISIONED\","
                                    + "\"ProvisionedThroughput\":{\"ReadCapacityUnits\":7,\"WriteCapacityUnits\":8},"
                                    + "\"StreamSpecification\":{\"StreamEnabled\":true,\"StreamViewType\":\"OLD_IMAGE\"},"
                                    + "\"SSESpecification\":{\"Enabled\":true,\"SSEType\":\"KMS\","
                                    + "\"KMSMasterKeyId\":\"arn:aws:kms:us-east-1:1:key/mine\"},"
                                    + "\"Tags\":[{\"Key\":\"stage\",\"Value\":\"test\"},{\"Key\":\"team\",\"Value\":\"shop\"}],"
                                    + "\"TableClass\":\"STANDARD_INFREQUENT_ACCESS\","
                                    + "\"DeletionProtectionEnabled\":true,"
                                    + "\"ResourcePolicy\":\"{\\\"Statement\\\":[]}\"}'",
                            "aws dynamodb wait table-exists --table-name orders",
                            "aws dynamodb update-time-to-live --table-name orders --time-to-live-specification"
                                    + " Enabled=true,AttributeName=gone_at",
                            "aws dynamodb update-continuous-backups --table-name orders"
                                    + " --point-in-time-recovery-specification"
                                    + " PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=7");
            assertThat(server.items("orders")).hasSize(1);
        }

        @Test
        void whoMayNotLookTakesATableForOneWithItems() {
            client.createTable(rich("orders").build());
            Replacement replacement =
                    preparer.replacement(replacing(ID, TableSettings.NONE)).orElseThrow();
            assertThat(preparer.hasItems(replacement)).isFalse();

            // DynamoDB's count is hours old, and this one is of before the first item.
            putItem(client, "orders");
            assertThat(preparer.hasItems(replacement)).isTrue();

            client.deleteItem(request -> request.tableName("orders")
                    .key(Map.of("id", AttributeValue.fromN("1"), "at", AttributeValue.fromS("now"))));
            server.faults(((Faults) request -> Fault.error(400, "AccessDeniedException", "not you")).on("Scan"));
            assertThat(preparer.hasItems(replacement)).isTrue();
        }

        @Test
        void anIndexWhoseKeyHasAnotherTypeNowIsLostAndToldSo() {
            client.createTable(rich("orders").build());
            TableSpec spec = new TableSpec("orders", ID, AT);
            Preparation preparation = new Preparation(
                    spec,
                    InitMode.REPLACE,
                    TableSettings.NONE,
                    null,
                    Map.of(
                            "id", Optional.of(KeyType.N),
                            "at", Optional.of(KeyType.S),
                            "customer", Optional.of(KeyType.N),
                            "theirs", Optional.empty()));

            assertThat(preparer.replacement(preparation).orElseThrow().losses())
                    .endsWith(", the index local-theirs (its key \"theirs\" was B, and is of a type that can't be a key"
                            + " now), the index by-customer (its key \"customer\" was S, and is N now), the index"
                            + " by-theirs (its key \"theirs\" was B, and is of a type that can't be a key now)");
            preparer.prepare(preparation);
            assertThat(describe().hasGlobalSecondaryIndexes()).isFalse();
            assertThat(describe().hasLocalSecondaryIndexes()).isFalse();
        }

        @ParameterizedTest
        @CsvSource({
            "DescribeTimeToLive, TTL",
            "ListTagsOfResource, tags",
            "DescribeContinuousBackups, backups",
            "GetResourcePolicy, resource policy"
        })
        void whatMayNotBeReadIsAnErrorBeforeAnythingIsLost(String operation, String what) {
            client.createTable(rich("orders").build());
            putItem(client, "orders");
            server.faults(((Faults) request -> Fault.error(400, "AccessDeniedException", "not you")).on(operation));

            assertThatThrownBy(() -> preparer.prepare(replacing(ID, TableSettings.NONE)))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("table orders is not replaced: its " + what + " may not be read, and so would be lost:"
                            + " AccessDeniedException: not you; allow dynamodb:" + operation
                            + ", or delete the table yourself");
            assertThat(server.items("orders")).hasSize(1);
            assertThat(server.requests("DeleteTable")).isZero();
        }

        /** Servers that are not AWS's may have no tags, backups or policies, so there are none to keep. */
        @Test
        void whatTheServerDoesNotKnowIsNotThere() {
            client.createTable(rich("orders").build());
            server.faults(((Faults) request -> Fault.error(400, "UnknownOperationException", "unknown"))
                    .on("DescribeTimeToLive", "ListTagsOfResource", "DescribeContinuousBackups", "GetResourcePolicy"));

            preparer.prepare(replacing(ID, TableSettings.NONE));

            assertThat(describe().globalSecondaryIndexes()).hasSize(2);
        }

        @Test
        void aProtectedTableIsReplacedOnlyIfTheUserSaysSo() {
            createRich();

            assertThatThrownBy(() -> preparer.prepare(replacing(ID, TableSettings.NONE)))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("table orders is protected against deletion, and is not replaced; turn its protection"
                            + " off, or have the mirror do so by replace-protected");
            assertThat(server.items("orders")).hasSize(1);
            assertThat(server.requests("UpdateTable")).isZero();
        }

        @Test
        void aTableThatMayNotBeDeletedIsProtectedAgain() {
            createRich();
            server.faults(((Faults) request -> Fault.error(400, "AccessDeniedException", "not you")).on("DeleteTable"));

            assertThatThrownBy(() -> preparer.prepare(replacing(
                            ID, TableSettings.builder().replaceProtected().build())))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("table orders can't be prepared: AccessDeniedException: not you");
            assertThat(describe().deletionProtectionEnabled()).isTrue();
            assertThat(server.items("orders")).hasSize(1);
        }

        @Test
        void aTableThatCanNotBeMadeAnewIsToldWithWhatMakesIt() {
            client.createTable(rich("orders").build());
            server.faults(
                    ((Faults) request -> Fault.error(400, "LimitExceededException", "too much")).on("CreateTable"));

            assertThatThrownBy(() -> preparer.prepare(replacing(AT, TableSettings.NONE)))
                    .isInstanceOf(MirrorException.class)
                    .hasMessageStartingWith(
                            "table orders can't be created: LimitExceededException: too much; this would"
                                    + " make it: aws dynamodb create-table --cli-input-json '{\"AttributeDefinitions\":[");
        }

        @Test
        void backupsThatAreNotReadyYetAreWaitedFor() {
            createRich();
            server.faults(((Faults) request -> request.number() % 3 == 0
                            ? Fault.NONE
                            : Fault.error(400, "ContinuousBackupsUnavailableException", "not yet"))
                    .on("UpdateContinuousBackups"));

            preparer.prepare(
                    replacing(ID, TableSettings.builder().replaceProtected().build()));

            assertThat(client.describeContinuousBackups(request -> request.tableName("orders"))
                            .continuousBackupsDescription()
                            .pointInTimeRecoveryDescription()
                            .pointInTimeRecoveryStatusAsString())
                    .isEqualTo("ENABLED");
        }
    }
}
