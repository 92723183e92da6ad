package dev.dynamirror.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.KeyType;
import dev.dynamirror.testkit.faulty.Fault;
import dev.dynamirror.testkit.faulty.Faults;
import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Tables that are slow to come and to go, and others who create and delete them meanwhile. */
final class TableRacesTest {

    private static final Duration SLOW = Duration.ofMillis(300);
    private static final TableSpec SPEC = new TableSpec("orders", new TableSpec.KeyPart("id", KeyType.N), null);

    private final FaultyDynamoDb server = FaultyDynamoDb.start();
    private final Connection connection = Connection.open(new ConnectionSettings(server.endpoint(), "us-east-1"));
    private final DynamoDbClient client = connection.client();
    private final TablePreparer preparer = new TablePreparer(client);

    @AfterEach
    void close() {
        connection.close();
        server.close();
    }

    @Test
    void aTableThatIsSlowToComeAndToGoIsReplaced() {
        create();
        put(1);
        server.creating(SLOW).deleting(SLOW);
        preparer.prepare(SPEC, InitMode.REPLACE);
        assertThat(server.items("orders")).isEmpty();
        assertThat(describe().tableStatusAsString()).isEqualTo("ACTIVE");
        put(2);
    }

    @Test
    void twoThatCreateTheTableAtOnceBothSucceed() {
        server.creating(SLOW);
        both(InitMode.CREATE_IF_NOT_EXISTS);
        assertThat(server.requests("CreateTable")).isBetween(1L, 2L);
        put(1);
    }

    @Test
    void twoThatReplaceTheTableAtOnceBothSucceed() {
        create();
        put(1);
        server.creating(SLOW).deleting(SLOW);
        both(InitMode.REPLACE);
        assertThat(server.items("orders")).isEmpty();
        put(2);
    }

    private void both(InitMode mode) {
        List<CompletableFuture<Void>> both = Stream.generate(
                        () -> CompletableFuture.runAsync(() -> preparer.prepare(SPEC, mode)))
                .limit(2)
                .toList();
        both.forEach(CompletableFuture::join);
    }

    /** What somebody else deletes is waited for, and then it is missing. */
    @ParameterizedTest
    @EnumSource
    void aTableThatSomebodyElseDeletesIsWaitedFor(InitMode mode) {
        create();
        put(1);
        server.deleting(SLOW);
        client.deleteTable(request -> request.tableName("orders"));
        if (mode == InitMode.DEFAULT) {
            assertThatThrownBy(() -> preparer.prepare(SPEC, mode))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("table orders doesn't exist; create it, or have it created by the init mode"
                            + " create_if_not_exists");
        } else {
            preparer.prepare(SPEC, mode);
            assertThat(server.items("orders")).isEmpty();
        }
    }

    /** DynamoDB deletes no table that it is changing. */
    @Test
    void aTableThatIsBeingUpdatedIsReplacedAfterwards() {
        create();
        put(1);
        server.updating(SLOW);
        client.updateTable(request -> request.tableName("orders").deletionProtectionEnabled(false));
        preparer.prepare(SPEC, InitMode.REPLACE);
        assertThat(server.items("orders")).isEmpty();
        assertThat(server.requests("DeleteTable")).isEqualTo(1);
    }

    @Test
    void aTableThatSomebodyElseCreatesWithAnotherKeyIsRefused() {
        create();
        assertThatThrownBy(() -> preparer.prepare(
                        new TableSpec("orders", new TableSpec.KeyPart("nr", KeyType.S), null),
                        InitMode.CREATE_IF_NOT_EXISTS))
                .isInstanceOf(MirrorException.class)
                .hasMessage("table orders has another key than the mirror: the table has partition key \"id\" (N), the"
                        + " mirror has partition key \"nr\" (S); name the table's key columns, or have the table made anew"
                        + " by the init mode replace");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ARCHIVED | ; DynamoDB archives a table whose KMS key it can't use: restore it from its backup, or delete it",
                "INACCESSIBLE_ENCRYPTION_CREDENTIALS | ; enable the KMS key that it is encrypted with, and let DynamoDB use"
                        + " it (after seven days without it DynamoDB archives the table)",
                "REPLICATION_NOT_AUTHORIZED | ; look what is the matter with it in the AWS console",
                "MELTING | ; look what is the matter with it in the AWS console",
            })
    void aTableInNoStateToBeWrittenToIsRefused(String status, String remedy) {
        create();
        server.status("orders", status);
        for (InitMode mode : InitMode.values()) {
            assertThatThrownBy(() -> preparer.prepare(SPEC, mode))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("table orders can't be written to: it is " + status + ", and must be ACTIVE" + remedy);
        }
        assertThat(server.requests("DeleteTable")).isZero();
    }

    @Test
    void theWaitHasAnEnd() {
        server.creating(Duration.ofMinutes(1));
        assertThatThrownBy(() -> new TablePreparer(client, SLOW).prepare(SPEC, InitMode.CREATE_IF_NOT_EXISTS))
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        "table orders: waited 300 ms until it is active, but it is CREATING; look what is the matter"
                                + " with it, and start again");
    }

    @Test
    void anErrorThatMayPassDoesNotEndTheWait() {
        server.creating(SLOW);
        // The SDK itself tries four times; the second answer to DescribeTable is that the table is CREATING.
        server.faults(
                ((Faults) request -> request.number() >= 3 && request.number() < 8 ? Fault.UNAVAILABLE : Fault.NONE)
                        .on("DescribeTable"));
        preparer.prepare(SPEC, InitMode.CREATE_IF_NOT_EXISTS);
        assertThat(describe().tableStatusAsString()).isEqualTo("ACTIVE");
    }

    /** The SDK sends CreateTable again, and learns that there is such a table: its own. */
    @Test
    void aTableWhoseCreationHadNoReplyIsFinished() {
        create();
        client.updateTimeToLive(request -> request.tableName("orders")
                .timeToLiveSpecification(ttl -> ttl.attributeName("gone_at").enabled(true)));
        boolean[] failed = {false};
        server.faults(((Faults) request -> {
                    boolean first = !failed[0];
                    failed[0] = true;
                    return first ? Fault.INTERNAL_ERROR_APPLIED : Fault.NONE;
                })
                .on("CreateTable"));
        preparer.prepare(SPEC, InitMode.REPLACE);
        assertThat(server.requests("CreateTable")).isEqualTo(3);
        assertThat(client.describeTimeToLive(request -> request.tableName("orders"))
                        .timeToLiveDescription()
                        .attributeName())
                .isEqualTo("gone_at");
    }

    private void create() {
        preparer.prepare(SPEC, InitMode.CREATE_IF_NOT_EXISTS);
    }

    private void put(int id) {
        client.putItem(
                request -> request.tableName("orders").item(Map.of("id", AttributeValue.fromN(Integer.toString(id)))));
    }

    private TableDescription describe() {
        return client.describeTable(request -> request.tableName("orders")).table();
    }
}
