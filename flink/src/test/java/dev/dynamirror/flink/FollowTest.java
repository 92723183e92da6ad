package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.input.FileFormat;
import dev.dynamirror.flink.input.FileInput;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mirrors of files whose rows come, change and go. */
final class FollowTest {

    private final FaultyDynamoDb db = FaultyDynamoDb.start();
    private final StreamExecutionEnvironment environment = Embedded.environment(2);
    private final Live live = Live.create(environment);

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        db.close();
    }

    @Test
    void theTableFollowsADirectory() throws Exception {
        write("a.csv", "1,apple", "2,pear");
        live.write(files(), mirror(InitMode.CREATE_IF_NOT_EXISTS));
        try (Running running = Running.start(environment, live)) {
            running.awaitThat(() -> db.requests("PutItem") + db.requests("BatchWriteItem") > 0);
            running.awaitThat(() -> items().equals(List.of("1 apple", "2 pear")));
            write("b.csv", "2,plum", "3,fig");
            running.awaitThat(() -> items().equals(List.of("1 apple", "2 plum", "3 fig")));
            write("a.csv", "2,pear");
            running.awaitThat(() -> items().equals(List.of("2 plum", "3 fig")));
            Files.delete(folder.resolve("b.csv"));
            running.awaitThat(() -> items().equals(List.of("2 pear")));
        }
    }

    @Test
    void anotherPrimaryKeyThanTheTablesMovesItems() throws Exception {
        write("a.csv", "1,apple", "2,pear");
        live.write(files(), mirror(InitMode.CREATE_IF_NOT_EXISTS).partitionKey("item"));
        try (Running running = Running.start(environment, live)) {
            running.awaitThat(() -> db.requests("PutItem") + db.requests("BatchWriteItem") > 0);
            running.awaitThat(() -> items().equals(List.of("1 apple", "2 pear")));
            write("a.csv", "1,fig", "2,pear");
            running.awaitThat(() -> items().equals(List.of("1 fig", "2 pear")));
        }
    }

    @Test
    void theTableIsReconciledWithWhatTheFilesHaveAndFollowsThem() throws Exception {
        write("a.csv", "1,apple", "2,pear");
        Items.put(
                mirror(InitMode.DEFAULT),
                Schema.parse("id int, item str"),
                Stream.<Map<String, ?>>of(
                        Map.of("id", 1, "item", "apple"),
                        Map.of("id", 2, "item", "lime"),
                        Map.of("id", 9, "item", "nut")));
        db.clearHistory();
        live.write(files(), mirror(InitMode.RECONCILE));
        // What changes before the job runs is a change.
        write("a.csv", "1,apple", "3,kiwi");
        try (Running running = Running.start(environment, live)) {
            running.awaitThat(() -> items().equals(List.of("1 apple", "3 kiwi")));
        }
        assertThat(db.history("orders"))
                .extracting(write -> write.key().get("id").get("N").asText())
                .containsOnly("2", "3", "9");
    }

    @Test
    void aChangeColumnSaysWhatHappens() throws Exception {
        Files.writeString(folder.resolve("changes.jsonl"), """
                {"op": "insert", "id": 1, "item": "apple"}
                {"op": "INSERT", "id": 2, "item": "pear"}
                {"op": "u", "id": 1, "item": "fig"}
                {"op": "delete", "id": 2}
                {"op": "insert", "id": 3, "item": "plum"}
                """);
        FileInput changes =
                FileInput.of(folder.resolve("changes.jsonl"), FileFormat.JSONL).changeColumn("op");
        assertThatThrownBy(() -> live.tableFromFile(changes))
                .isInstanceOf(MirrorException.class)
                .hasMessage(folder
                        + "/changes.jsonl: its rows replace each other, but no primary key says which are the same"
                        + " row");

        live.write(changes.primaryKey(List.of("id")), mirror(InitMode.CREATE_IF_NOT_EXISTS));
        live.run();

        assertThat(items()).containsExactly("1 fig", "3 plum");
        assertThat(db.history("orders")).as("one write for each key").hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void aChangelogThatPathwayHasWrittenIsTheTable() throws Exception {
        Files.writeString(folder.resolve("changes.csv"), """
                id,item,time,__diff__
                1,apple,2,1
                2,pear,2,1
                1,fig,4,1
                1,apple,4,-1
                2,pear,6,-1
                """);
        live.write(
                FileInput.of(folder.resolve("changes.csv"), FileFormat.CSV).schema("id int, item str"),
                mirror(InitMode.CREATE_IF_NOT_EXISTS));
        live.run();

        assertThat(items()).containsExactly("1 fig");
    }

    @Test
    void eventsOfDebeziumAreTheTable() throws Exception {
        Files.writeString(folder.resolve("orders.txt"), """
                {"before":null,"after":{"id":1,"item":"apple"},"source":{"table":"orders"},"op":"r","ts_ms":1}
                {"schema":{},"payload":{"before":null,"after":{"id":2,"item":"pear"},"op":"c"}}
                {"before":{"id":1,"item":"apple"},"after":{"id":1,"item":"fig"},"op":"u"}
                {"before":null,"after":{"id":3,"item":"plum"},"op":"c"}
                {"before":{"id":2},"after":null,"op":"d"}
                """);
        live.write(
                FileInput.of(folder.resolve("orders.txt"), FileFormat.DEBEZIUM_JSON)
                        .primaryKey(List.of("id")),
                mirror(InitMode.CREATE_IF_NOT_EXISTS));
        live.run();

        assertThat(items()).containsExactly("1 fig", "3 plum");
    }

    private FileInput files() {
        return FileInput.of(folder, FileFormat.CSV)
                .schema("id int, item str")
                .primaryKey(List.of("id"))
                .followed();
    }

    /** Writes a file as programs should: it is there at once, with all that it has. */
    private void write(String name, String... rows) throws IOException {
        Path hidden = Files.writeString(folder.resolve("." + name), "id,item\n" + String.join("\n", rows) + "\n");
        Files.move(hidden, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private MirrorSettings.Builder mirror(InitMode mode) {
        return DynamoDb.table("orders")
                .partitionKey("id")
                .endpoint(db.endpoint())
                .region(Embedded.REGION)
                .initMode(mode);
    }

    private List<String> items() {
        return db.items("orders").stream()
                .map(item -> item.get("id").get("N").asText() + " "
                        + item.get("item").get("S").asText())
                .sorted()
                .toList();
    }
}
