package dev.dynamirror.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.ScriptedDynamoDb;
import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.KeyType;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;

final class TablePreparerTest {

    private static final TableSpec.KeyPart ID = new TableSpec.KeyPart("id", KeyType.N);
    private static final TableSpec.KeyPart AT = new TableSpec.KeyPart("at", KeyType.S);

    /** A preparation for a mirror that leaves tombstones. */
    private static Preparation expiring(TableSpec spec, InitMode mode) {
        return new Preparation(spec, mode, TableSettings.NONE, "dynamirror_expires", Map.of());
    }

    /** The warnings that are logged meanwhile, each a line without its place. */
    private static String warnings(Runnable action) {
        return LogLines.of("WARN", action);
    }

    @Nested
    @WithLocalDynamoDb
    final class OnDynamoDbLocal {

        private final Connection connection;
        private final DynamoDbClient client;
        private final TablePreparer preparer;
        private final String name;

        OnDynamoDbLocal(LocalDynamoDb database, @TableName String name) {
            this.connection = Connection.open(new ConnectionSettings(database.endpoint(), "us-east-1"));
            this.client = connection.client();
            this.preparer = new TablePreparer(client);
            this.name = name;
        }

        @AfterEach
        void close() {
            connection.close();
        }

        @Test
        void aMissingTableIsAnErrorByDefault() {
            assertThatThrownBy(() -> preparer.prepare(spec(ID, null), InitMode.DEFAULT))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("table " + name
                            + " doesn't exist; create it, or have it created by the init mode create_if_not_exists");
            assertThat(client.listTables().tableNames()).doesNotContain(name);
        }

        @ParameterizedTest
        @EnumSource(names = {"CREATE_IF_NOT_EXISTS", "REPLACE"})
        void aMissingTableIsCreatedWithOnDemandBilling(InitMode mode) {
            assertThat(TableSummary.of(connection, name)).isEmpty();
            preparer.prepare(spec(ID, AT), mode);
            assertThat(TableSummary.of(connection, name))
                    .contains(new TableSummary(name, "ACTIVE", dev.dynamirror.table.BillingMode.ON_DEMAND, 0, 0));
            TableDescription table =
                    client.describeTable(request -> request.tableName(name)).table();
            assertThat(TableSpec.of(table)).isEqualTo(spec(ID, AT));
            assertThat(table.keySchema())
                    .extracting(element -> element.attributeName() + " " + element.keyType())
                    .containsExactly("id HASH", "at RANGE");
            assertThat(table.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
            assertThat(table.tableStatusAsString()).isEqualTo("ACTIVE");
        }

        @ParameterizedTest
        @EnumSource(names = {"DEFAULT", "CREATE_IF_NOT_EXISTS"})
        void anExistingTableKeepsItsItems(InitMode mode) {
            create(ID, null);
            put(1);
            preparer.prepare(spec(ID, null), mode);
            assertThat(count()).isEqualTo(1);
        }

        @Test
        void replaceEmptiesTheTable() {
            create(ID, null);
            put(1);
            put(2);
            preparer.prepare(spec(ID, null), InitMode.REPLACE);
            assertThat(count()).isZero();
        }

        @Test
        void replaceMayChangeTheKey() {
            create(ID, null);
            preparer.prepare(spec(AT, ID), InitMode.REPLACE);
            preparer.prepare(spec(AT, ID), InitMode.DEFAULT);
        }

        @Test
        void anotherNameOfTheKeyIsRefused() {
            create(ID, null);
            assertOtherKey(
                    new TableSpec.KeyPart("key", KeyType.N),
                    null,
                    "the table has partition key \"id\" (N), the mirror has partition key \"key\" (N)");
        }

        @Test
        void anotherTypeOfTheKeyIsRefused() {
            create(ID, null);
            assertOtherKey(
                    new TableSpec.KeyPart("id", KeyType.S),
                    null,
                    "the table has partition key \"id\" (N), the mirror has partition key \"id\" (S)");
        }

        @Test
        void anotherOrderOfTheKeyIsRefused() {
            create(ID, AT);
            assertOtherKey(
                    AT,
                    ID,
                    "the table has partition key \"id\" (N), sort key \"at\" (S), the mirror has partition key \"at\" (S),"
                            + " sort key \"id\" (N)");
        }

        @Test
        void aMissingSortKeyIsRefused() {
            create(ID, AT);
            assertOtherKey(
                    ID,
                    null,
                    "the table has partition key \"id\" (N), sort key \"at\" (S), the mirror has partition key \"id\" (N)");
        }

        @Test
        void aSortKeyTooManyIsRefused() {
            create(ID, null);
            assertOtherKey(
                    ID,
                    AT,
                    "the table has partition key \"id\" (N), the mirror has partition key \"id\" (N), sort key \"at\" (S)");
        }

        @Test
        void severalMayCreateTheTableAtOnce() {
            List<CompletableFuture<Void>> all = Stream.generate(() -> CompletableFuture.runAsync(
                            () -> preparer.prepare(spec(ID, null), InitMode.CREATE_IF_NOT_EXISTS)))
                    .limit(8)
                    .toList();
            all.forEach(CompletableFuture::join);
            assertThat(count()).isZero();
        }

        @Test
        void aProtectedTableIsNotReplaced() {
            create(ID, null);
            put(1);
            client.updateTable(request -> request.tableName(name).deletionProtectionEnabled(true));
            assertThatThrownBy(() -> preparer.prepare(spec(ID, null), InitMode.REPLACE))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("table " + name
                            + " is protected against deletion, and is not replaced; turn its protection off, or have the"
                            + " mirror do so by replace-protected");
            assertThat(count()).isEqualTo(1);
            client.updateTable(request -> request.tableName(name).deletionProtectionEnabled(false));
        }

        @ParameterizedTest
        @EnumSource(names = {"CREATE_IF_NOT_EXISTS", "REPLACE"})
        void theTtlOfATableThatIsCreatedIsTurnedOn(InitMode mode) {
            assertThat(warnings(() -> preparer.prepare(expiring(spec(ID, null), mode))))
                    .isEmpty();
            assertThat(ttl()).isEqualTo("ENABLED dynamirror_expires");
            assertThat(warnings(() -> preparer.prepare(expiring(spec(ID, null), InitMode.DEFAULT))))
                    .isEmpty();
        }

        @ParameterizedTest
        @EnumSource(names = {"DEFAULT", "CREATE_IF_NOT_EXISTS"})
        void theTtlOfATableThatWasThereIsLookedAtOnly(InitMode mode) {
            create(ID, null);
            assertThat(warnings(() -> preparer.prepare(spec(ID, null), mode))).isEmpty();
            assertThat(warnings(() -> preparer.prepare(expiring(spec(ID, null), mode))))
                    .isEqualTo("table " + name + ": its TTL is not on for the attribute dynamirror_expires, so the"
                            + " tombstones of deleted rows will stay; turn it on with: aws dynamodb update-time-to-live"
                            + " --table-name " + name
                            + " --time-to-live-specification Enabled=true,AttributeName=dynamirror_expires\n");
            assertThat(ttl()).isEqualTo("DISABLED null");
        }

        @Test
        void aTableWhoseTtlIsOnForAnotherAttributeKeepsIt() {
            create(ID, null);
            client.updateTimeToLive(request -> request.tableName(name)
                    .timeToLiveSpecification(ttl -> ttl.attributeName("theirs").enabled(true)));
            assertThat(warnings(() -> preparer.prepare(expiring(spec(ID, null), InitMode.DEFAULT))))
                    .isEqualTo("table " + name
                            + ": its TTL is on for the attribute theirs, and a table has one such attribute,"
                            + " so the tombstones of deleted rows will stay, each an item of the key with the"
                            + " attribute dynamirror_expires\n");
            assertThat(ttl()).isEqualTo("ENABLED theirs");
        }

        private String ttl() {
            TimeToLiveDescription ttl = client.describeTimeToLive(request -> request.tableName(name))
                    .timeToLiveDescription();
            return ttl.timeToLiveStatusAsString() + " " + ttl.attributeName();
        }

        private void assertOtherKey(TableSpec.KeyPart partition, TableSpec.@Nullable KeyPart sort, String sides) {
            for (InitMode mode : List.of(InitMode.DEFAULT, InitMode.CREATE_IF_NOT_EXISTS)) {
                assertThatThrownBy(() -> preparer.prepare(new TableSpec(name, partition, sort), mode))
                        .isInstanceOf(MirrorException.class)
                        .hasMessage(
                                "table " + name + " has another key than the mirror: " + sides
                                        + "; name the table's key columns, or have the table made anew by the init mode replace");
            }
        }

        private TableSpec spec(TableSpec.KeyPart partition, TableSpec.@Nullable KeyPart sort) {
            return new TableSpec(name, partition, sort);
        }

        private void create(TableSpec.KeyPart partition, TableSpec.@Nullable KeyPart sort) {
            preparer.prepare(spec(partition, sort), InitMode.CREATE_IF_NOT_EXISTS);
        }

        private void put(int id) {
            client.putItem(
                    request -> request.tableName(name).item(Map.of("id", AttributeValue.fromN(Integer.toString(id)))));
        }

        private int count() {
            return client.scan(request -> request.tableName(name)).count();
        }
    }

    @Nested
    final class OnASlowDatabase {

        private static final String MISSING =
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\","
                        + "\"message\":\"Requested resource not found\"}";
        private static final String DENIED =
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#AccessDeniedException\",\"message\":\"not you\"}";

        private final TableSpec spec = new TableSpec("slow", ID, null);
        private final ScriptedDynamoDb server = new ScriptedDynamoDb();
        private final Connection connection = Connection.open(new ConnectionSettings(server.endpoint(), "us-east-1"));
        private final TablePreparer preparer = new TablePreparer(connection.client());

        @AfterEach
        void close() {
            connection.close();
            server.close();
        }

        /** DescribeTable may not know a table right after CreateTable; then the mirror said that it doesn't exist. */
        @Test
        void aTableThatWasJustCreatedMayStillSeemMissing() {
            missing().created().missing().describe("CREATING").describe("ACTIVE");
            preparer.prepare(spec, InitMode.CREATE_IF_NOT_EXISTS);
            assertThat(server.operations())
                    .containsExactly("DescribeTable", "CreateTable", "DescribeTable", "DescribeTable", "DescribeTable");
        }

        @Test
        void replaceWaitsUntilTheOldTableIsGoneAndTheNewOneActive() {
            describe("ACTIVE").nothingBeside().created();
            describe("DELETING").describe("DELETING").missing();
            created().describe("CREATING").describe("ACTIVE");
            preparer.prepare(spec, InitMode.REPLACE);
            assertThat(server.operations())
                    .containsExactly(
                            "DescribeTable",
                            "DescribeTimeToLive",
                            "ListTagsOfResource",
                            "DescribeContinuousBackups",
                            "GetResourcePolicy",
                            "DeleteTable",
                            "DescribeTable",
                            "DescribeTable",
                            "DescribeTable",
                            "CreateTable",
                            "DescribeTable",
                            "DescribeTable");
        }

        @Test
        void replaceDoesNotMindThatSomebodyElseDeletesTheTable() {
            describe("ACTIVE").nothingBeside().missing();
            missing().created().describe("ACTIVE");
            preparer.prepare(spec, InitMode.REPLACE);
            assertThat(server.operations()).endsWith("DeleteTable", "DescribeTable", "CreateTable", "DescribeTable");
        }

        @Test
        void replaceOfATableThatIsBeingDeletedOnlyWaits() {
            describe("DELETING").describe("DELETING").missing().missing();
            created().describe("ACTIVE");
            preparer.prepare(spec, InitMode.REPLACE);
            assertThat(server.operations()).doesNotContain("DeleteTable").contains("CreateTable");
        }

        @Test
        void createIfNotExistsWaitsForATableThatIsBeingDeleted() {
            describe("DELETING").describe("DELETING").missing();
            created().describe("ACTIVE");
            preparer.prepare(spec, InitMode.CREATE_IF_NOT_EXISTS);
            assertThat(server.operations()).doesNotContain("DeleteTable").contains("CreateTable");
        }

        @Test
        void aTableThatIsBeingCreatedIsWaitedFor() {
            describe("CREATING").describe("CREATING").describe("ACTIVE");
            preparer.prepare(spec, InitMode.DEFAULT);
            assertThat(server.operations()).containsExactly("DescribeTable", "DescribeTable", "DescribeTable");
        }

        @Test
        void aTableThatIsBeingUpdatedCanBeWrittenTo() {
            describe("UPDATING");
            preparer.prepare(spec, InitMode.DEFAULT);
        }

        @Test
        void aTableThatIsBeingDeletedIsNoTable() {
            describe("DELETING").describe("DELETING").missing();
            assertThatThrownBy(() -> preparer.prepare(spec, InitMode.DEFAULT))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("table slow doesn't exist; create it, or have it created by the init mode"
                            + " create_if_not_exists");
            assertThat(server.operations()).containsExactly("DescribeTable", "DescribeTable", "DescribeTable");
        }

        @Test
        void whatDynamoDbRefusesIsTold() {
            server.reply(400, DENIED);
            assertThatThrownBy(() -> preparer.prepare(spec, InitMode.DEFAULT))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("table slow can't be prepared: AccessDeniedException: not you");
        }

        @Test
        void whatDynamoDbRefusesWhileTheTableIsWaitedForIsTold() {
            describe("CREATING");
            server.reply(400, DENIED);
            assertThatThrownBy(() -> preparer.prepare(spec, InitMode.DEFAULT))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("table slow: waiting until it is active, for at most 15 minutes, failed:"
                            + " AccessDeniedException: not you");
        }

        @Test
        void aDatabaseThatDoesNotAnswerIsTold() {
            server.close();
            assertThatThrownBy(() -> preparer.prepare(spec, InitMode.DEFAULT))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("table slow can't be prepared: no answer from " + server.endpoint()
                            + ": socket connection refused.");
        }

        @Test
        void aTtlThatMayNotBeSeenIsAWarning() {
            describe("ACTIVE");
            server.reply(400, DENIED);
            assertThat(warnings(() -> preparer.prepare(expiring(spec, InitMode.DEFAULT))))
                    .isEqualTo("table slow: can't see whether its TTL is on for the attribute dynamirror_expires:"
                            + " AccessDeniedException: not you; if it is not, tombstones will stay until it is turned on"
                            + " with: aws dynamodb update-time-to-live --table-name slow --time-to-live-specification"
                            + " Enabled=true,AttributeName=dynamirror_expires\n");
            assertThat(server.operations()).containsExactly("DescribeTable", "DescribeTimeToLive");
        }

        @Test
        void aTtlThatMayNotBeTurnedOnIsAnError() {
            missing().created().describe("ACTIVE");
            server.reply(400, DENIED);
            assertThatThrownBy(() -> preparer.prepare(expiring(spec, InitMode.CREATE_IF_NOT_EXISTS)))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("table slow: it was created, but its TTL can't be turned on for the attribute"
                            + " dynamirror_expires: AccessDeniedException: not you; allow"
                            + " dynamodb:UpdateTimeToLive, or run aws dynamodb update-time-to-live --table-name slow"
                            + " --time-to-live-specification Enabled=true,AttributeName=dynamirror_expires");
        }

        @Test
        void theTtlOfATableThatSomebodyElseCreatesIsTheirs() {
            missing();
            server.reply(
                    400,
                    "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceInUseException\",\"message\":\"there\"}");
            describe("ACTIVE");
            server.reply(
                    200,
                    "{\"TimeToLiveDescription\":{\"TimeToLiveStatus\":\"ENABLING\",\"AttributeName\":\"dynamirror_expires\"}}");
            assertThat(warnings(() -> preparer.prepare(expiring(spec, InitMode.CREATE_IF_NOT_EXISTS))))
                    .isEmpty();
            assertThat(server.operations()).doesNotContain("UpdateTimeToLive").endsWith("DescribeTimeToLive");
        }

        private OnASlowDatabase describe(String status) {
            server.reply(
                    200,
                    "{\"Table\":{\"TableName\":\"slow\",\"TableStatus\":\"" + status + "\","
                            + "\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}],"
                            + "\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"N\"}]}}");
            return this;
        }

        /** The answers to what else is asked about a table that is to be replaced. */
        private OnASlowDatabase nothingBeside() {
            for (int i = 0; i < 4; i++) {
                server.reply(200, "{}");
            }
            return this;
        }

        private OnASlowDatabase missing() {
            server.reply(400, MISSING);
            return this;
        }

        /** The answer to CreateTable or DeleteTable. */
        private OnASlowDatabase created() {
            server.reply(200, "{\"TableDescription\":{\"TableName\":\"slow\"}}");
            return this;
        }
    }
}
