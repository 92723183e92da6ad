package dev.dynamirror.mirror;

import static dev.dynamirror.mirror.FaultyTable.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dynamirror.testkit.faulty.AppliedWrite;
import dev.dynamirror.testkit.faulty.Fault;
import dev.dynamirror.testkit.faulty.Faults;
import dev.dynamirror.testkit.oracle.LiveTableScript;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A mirror that merges its columns into items that have others' attributes, against a server that fails. */
@ParameterizedClass
@EnumSource
@Timeout(120)
final class MergeTest {

    private static final long SEED = 20_261_122;
    private static final int KEYS = 100;

    private final FaultyTable table;

    MergeTest(Transport transport) {
        table = new FaultyTable(transport);
    }

    @AfterEach
    void stop() {
        table.close();
    }

    @Test
    void setsItsColumnsAndLeavesTheOthers() throws InterruptedException {
        try (Mirror mirror = open(MergeDeletes.ITEM)) {
            addForeign("a");
            mirror.put(Map.of("key", "a", "value", 1, "payload", "x"));
            mirror.flush();
            mirror.put(row("a", 2));
            mirror.put(row("b", 3));
        }
        assertThat(table.db.items(FaultyTable.NAME))
                .containsExactlyInAnyOrder(
                        item("{'key':{'S':'a'},'foreign':{'S':'a'},'value':{'N':'2'},'payload':{'NULL':true}}"),
                        item("{'key':{'S':'b'},'value':{'N':'3'},'payload':{'NULL':true}}"));
    }

    @Test
    void aDeleteRemovesTheItem() throws InterruptedException {
        try (Mirror mirror = open(MergeDeletes.ITEM)) {
            addForeign("a");
            mirror.put(row("a", 1));
            mirror.flush();
            mirror.delete(Map.of("key", "a"));
            mirror.delete(Map.of("key", "b"));
        }
        assertThat(table.db.items(FaultyTable.NAME)).isEmpty();
    }

    @Test
    void aDeleteRemovesTheColumnsOnlyIfThatIsSet() throws InterruptedException {
        try (Mirror mirror = open(MergeDeletes.ATTRIBUTES)) {
            addForeign("a");
            mirror.put(row("a", 1));
            mirror.flush();
            mirror.delete(Map.of("key", "a"));
            mirror.delete(Map.of("key", "b"));
        }
        assertThat(table.db.items(FaultyTable.NAME)).containsExactly(item("{'key':{'S':'a'},'foreign':{'S':'a'}}"));
    }

    @Test
    void withFaultsDeletesOfItemsTakeTheForeignAttributesAndNothingElseDoes() throws InterruptedException {
        writeWithFaults(MergeDeletes.ITEM);
        Set<ObjectNode> deleted = new HashSet<>();
        for (AppliedWrite write : table.db.history(FaultyTable.NAME)) {
            if (write.after() == null) {
                deleted.add(write.key());
            } else if (isMirrors(write)) {
                assertThat(isForeign(write.after())).isEqualTo(!deleted.contains(write.key()));
            }
        }
        assertThat(deleted).isNotEmpty();
    }

    @Test
    void withFaultsDeletesOfColumnsTakeNoForeignAttribute() throws InterruptedException {
        writeWithFaults(MergeDeletes.ATTRIBUTES);
        for (AppliedWrite write : table.db.history(FaultyTable.NAME)) {
            assertThat(isForeign(write.after())).isTrue();
        }
        assertThat(table.db.items(FaultyTable.NAME)).hasSize(KEYS);
    }

    private void writeWithFaults(MergeDeletes deletes) throws InterruptedException {
        LiveTableScript script =
                LiveTableScript.seeded(SEED).changes(600).keys(KEYS).rows(KEYS).build();
        List<ScriptWriter.Acknowledged> acknowledged;
        try (Mirror mirror = open(deletes)) {
            addForeign(IntStream.range(0, KEYS).mapToObj(key -> "k" + key).toArray(String[]::new));
            table.db.faults(Faults.seeded(SEED)
                    .with(Fault.THROTTLE, 0.02)
                    .with(Fault.INTERNAL_ERROR, 0.02)
                    .with(Fault.INTERNAL_ERROR_APPLIED, 0.02)
                    .with(Fault.CLOSED_BEFORE, 0.02)
                    .with(Fault.CLOSED_AFTER, 0.02)
                    .with(Fault.HALF_REPLY, 0.02)
                    .with(Fault.delay(Duration.ZERO, Duration.ofMillis(20)), 0.1));
            acknowledged = ScriptWriter.write(script, mirror, table, 2, 100);
            assertThat(mirror.statistics().unknown()).isGreaterThan(5);
        }
        table.check(script, acknowledged);
    }

    private Mirror open(MergeDeletes deletes) {
        return table.open(table.settings().writeMode(WriteMode.MERGE).mergeDeletes(deletes));
    }

    /** Whether a write is the mirror's, and not what {@link #addForeign} did. */
    private static boolean isMirrors(AppliedWrite write) {
        return write.after() != null && write.after().has("value");
    }

    private static boolean isForeign(@Nullable ObjectNode item) {
        return item != null && item.has("foreign");
    }

    private void addForeign(String... keys) {
        table.beside(client -> {
            for (String key : keys) {
                client.putItem(request -> request.tableName(FaultyTable.NAME)
                        .item(Map.of("key", AttributeValue.fromS(key), "foreign", AttributeValue.fromS(key))));
            }
        });
    }

    private static ObjectNode item(String json) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(json.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
