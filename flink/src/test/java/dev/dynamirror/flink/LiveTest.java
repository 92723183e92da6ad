package dev.dynamirror.flink;

import static org.apache.flink.table.api.Expressions.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import org.apache.flink.table.api.Table;
import org.junit.jupiter.api.Test;

@WithLocalDynamoDb
class LiveTest {

    private final LocalDynamoDb database;
    private final Live live = Live.create();

    LiveTest(LocalDynamoDb database) {
        this.database = database;
    }

    @Test
    void theStoryOfThreeInitModes(@TableName String table) throws InterruptedException {
        write(greetings(row(1, "Hello"), row(2, "World")), table, InitMode.CREATE_IF_NOT_EXISTS);
        assertThat(Items.of(database, table))
                .containsExactly(
                        "{\"key\":{\"N\":\"1\"},\"value\":{\"S\":\"Hello\"}}",
                        "{\"key\":{\"N\":\"2\"},\"value\":{\"S\":\"World\"}}");

        write(greetings(row(1, "Bonjour")), table, InitMode.DEFAULT);
        assertThat(Items.of(database, table))
                .containsExactly(
                        "{\"key\":{\"N\":\"1\"},\"value\":{\"S\":\"Bonjour\"}}",
                        "{\"key\":{\"N\":\"2\"},\"value\":{\"S\":\"World\"}}");

        write(greetings(row(3, "Hi")), table, InitMode.REPLACE);
        assertThat(Items.of(database, table)).containsExactly("{\"key\":{\"N\":\"3\"},\"value\":{\"S\":\"Hi\"}}");
    }

    @Test
    void aMissingTableFailsInDefaultMode(@TableName String table) {
        assertThatThrownBy(() -> write(greetings(row(1, "Hello")), table, InitMode.DEFAULT))
                .isInstanceOf(MirrorException.class)
                .hasMessage("table " + table + " doesn't exist; create it, or have it created by the init mode"
                        + " create_if_not_exists");
    }

    private Table greetings(Object... rows) {
        return live.tableEnvironment().fromValues(rows).as("key", "value");
    }

    private void write(Table table, String name, InitMode mode) throws InterruptedException {
        MirrorSettings.Builder mirror = DynamoDb.table(name)
                .partitionKey("key")
                .initMode(mode)
                .endpoint(database.endpoint())
                .region("eu-central-1");
        live.write(table, mirror);
        live.run();
    }
}
