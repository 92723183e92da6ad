package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.mirror.Mirror;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import dev.dynamirror.testkit.oracle.LiveTableScript;
import dev.dynamirror.testkit.oracle.RowKey;
import dev.dynamirror.value.Schema;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Items that others have put under all keys of a script, each with an attribute of its own. */
final class ForeignItems {

    private static final String ATTRIBUTE = "foreign";

    private final Set<RowKey> keys;

    ForeignItems(LiveTableScript script) {
        keys = StreamSupport.stream(script.spliterator(), false)
                .flatMap(commit -> commit.changes().stream())
                .flatMap(change -> Stream.ofNullable(change.after()))
                .map(row -> row.key())
                .collect(Collectors.toSet());
    }

    /** Puts them into the table, which is created. */
    void put(FaultyDynamoDb db) {
        try (Mirror mirror = Mirror.open(
                DynamoDb.table(FaultyRun.TABLE)
                        .endpoint(db.endpoint())
                        .region(Embedded.REGION)
                        .partitionKey(ScriptFeed.PARTITION_KEY)
                        .sortKey(ScriptFeed.SORT_KEY)
                        .initMode(InitMode.CREATE_IF_NOT_EXISTS),
                Schema.parse(ScriptFeed.PARTITION_KEY + " str, " + ScriptFeed.SORT_KEY + " int, foreign str"))) {
            for (RowKey key : keys) {
                mirror.put(Map.of(
                        ScriptFeed.PARTITION_KEY,
                        key.partition(),
                        ScriptFeed.SORT_KEY,
                        Objects.requireNonNull(key.sort()),
                        ATTRIBUTE,
                        key.toString()));
            }
        } catch (InterruptedException e) {
            throw new MirrorException("interrupted", e);
        }
    }

    /** All of them are there, with what they had. */
    void check(FaultyDynamoDb db) {
        Map<String, String> expected = keys.stream().collect(Collectors.toMap(RowKey::toString, Object::toString));
        Map<String, String> found = db.items(FaultyRun.TABLE).stream()
                .collect(Collectors.toMap(
                        ForeignItems::key,
                        item -> item.path(ATTRIBUTE).path("S").asText()));
        assertThat(found).isEqualTo(expected);
    }

    private static String key(ObjectNode item) {
        Function<String, String> text =
                name -> item.path(name).elements().next().asText();
        return text.apply(ScriptFeed.PARTITION_KEY) + "/" + text.apply(ScriptFeed.SORT_KEY);
    }
}
