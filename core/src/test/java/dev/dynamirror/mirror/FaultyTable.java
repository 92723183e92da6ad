package dev.dynamirror.mirror;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.item.OwnAttributes;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.faulty.AppliedWrite;
import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import dev.dynamirror.testkit.oracle.Findings;
import dev.dynamirror.testkit.oracle.HistoryChecker;
import dev.dynamirror.testkit.oracle.ItemForm;
import dev.dynamirror.testkit.oracle.LiveTableScript;
import dev.dynamirror.testkit.oracle.PermittedStates;
import dev.dynamirror.value.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A table in a server that fails as told, and the mirrors of it. */
final class FaultyTable implements AutoCloseable {

    static final String NAME = "live";
    static final Schema SCHEMA = Schema.parse("key str, value int, payload str?");

    private static final ItemForm FORM = new ItemForm("key", null, "value");

    final FaultyDynamoDb db = FaultyDynamoDb.start();

    private final Transport transport;

    /** A table that mirrors write to by default. */
    FaultyTable() {
        this(Transport.DIRECT);
    }

    /** A table whose mirrors send their requests so. */
    FaultyTable(Transport transport) {
        this.transport = transport;
    }

    /** Opens a mirror that makes the table if it is not there. */
    Mirror open() {
        return open(settings());
    }

    Mirror open(MirrorSettings.Builder settings) {
        return Mirror.open(settings, SCHEMA);
    }

    MirrorSettings.Builder settings() {
        return DynamoDb.table(NAME)
                .partitionKey("key")
                .initMode(InitMode.CREATE_IF_NOT_EXISTS)
                .endpoint(db.endpoint())
                .region("us-east-1")
                .transport(transport);
    }

    MirrorSettings.Builder versioned() {
        return settings().ordering(Ordering.VERSIONED);
    }

    /** Does something beside the mirrors, as another program. */
    void beside(Consumer<DynamoDbClient> action) {
        try (Connection connection = Connection.open(new ConnectionSettings(db.endpoint(), "us-east-1"))) {
            action.accept(connection.client());
        }
    }

    static Map<String, Object> row(String key, long value) {
        return Map.of("key", key, "value", value);
    }

    /** The values that writes left at a key, in their order; null where it was absent then. */
    List<@Nullable Long> valuesOf(String key) {
        List<@Nullable Long> values = new ArrayList<>();
        for (AppliedWrite write : db.history(NAME)) {
            if (write.key().path("key").path("S").asText().equals(key)) {
                ObjectNode after = seen(write.after());
                values.add(after == null ? null : after.path("value").path("N").asLong());
            }
        }
        return values;
    }

    /** The live items by their keys, with their values. */
    Map<Object, Object> items() {
        List<ObjectNode> seen = new ArrayList<>();
        db.items(NAME).forEach(item -> {
            if (seen(item) != null) {
                seen.add(item);
            }
        });
        return FORM.table(seen);
    }

    /** What readers see of an item: nothing of a tombstone, and nothing of one without the mirror's columns. */
    static @Nullable ObjectNode seen(@Nullable ObjectNode item) {
        return item == null || item.has(OwnAttributes.DELETED) || !item.has("value") ? null : item;
    }

    /** Waits until no request of any mirror is on its way. */
    void awaitLate() {
        await().until(() -> db.heldBack() == 0);
    }

    /** Checks all that was written against the script, and what is there at the end. */
    void check(LiveTableScript script, List<ScriptWriter.Acknowledged> acknowledged) {
        PermittedStates permitted = PermittedStates.of(script);
        HistoryChecker checker = new HistoryChecker(permitted);
        acknowledged.forEach(each -> checker.acknowledged(each.writes(), each.commit()));
        List<AppliedWrite> seen = db.history(NAME).stream()
                .map(write -> new AppliedWrite(
                        write.number(),
                        write.time(),
                        write.table(),
                        write.operation(),
                        write.key(),
                        seen(write.before()),
                        seen(write.after()),
                        write.writeUnits()))
                .toList();
        Findings findings = checker.check(FORM.observed(seen));
        findings.requireClean();
        if (!Objects.equals(permitted.table(), items())) {
            throw new AssertionError(script + ": the table is not equal to the live one at the end");
        }
    }

    @Override
    public void close() {
        db.close();
    }
}
