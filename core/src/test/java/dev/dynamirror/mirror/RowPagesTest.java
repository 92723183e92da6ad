package dev.dynamirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.read.ItemPosition;
import dev.dynamirror.read.ItemSelection;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import dev.dynamirror.value.Json;
import dev.dynamirror.value.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
@WithLocalDynamoDb
final class RowPagesTest {

    private final LocalDynamoDb database;
    private final String table;

    RowPagesTest(LocalDynamoDb database, @TableName String table) {
        this.database = database;
        this.table = table;
    }

    @Test
    void readingGoesOnBehindAnyRow() throws InterruptedException {
        write(
                Schema.parse("id int, v int"),
                LongStream.range(0, 20).mapToObj(i -> Map.of("id", i, "v", i)).toList());
        List<Object> read = new ArrayList<>();
        ItemPosition after = null;
        for (int i = 0; i < 20; i++) {
            // Another reader each time, which knows the place by its text alone.
            try (RowPages pages = RowPages.open(settings("v int"), List.of("id"))) {
                RowPage page = pages.page(ItemSelection.all(), after, 7);
                read.addAll(page.rows().get(0).values());
                after = new ItemPosition(page.rows().get(0).position().key());
            }
        }

        assertThat(read)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 20).boxed().toList());
        try (RowPages pages = RowPages.open(settings("v int"), List.of())) {
            RowPage end = pages.page(ItemSelection.all(), after, 7);
            assertThat(end.rows()).isEmpty();
            assertThat(end.next()).isNull();
        }
    }

    @Test
    void mixedValuesAreJson() throws InterruptedException {
        write(Schema.parse("id int, v int, w list<str>"), Map.of("id", 1, "v", 1, "w", List.of("x")));
        write(Schema.parse("id int, v str, w list<int>"), Map.of("id", 2, "v", "1", "w", List.of(1)));
        write(Schema.parse("id int, v int?"), Map.of("id", 3));

        try (RowPages pages =
                RowPages.open(settings("v mixed<int, str>?, id int, w list<mixed<int, str>>?"), List.of("id"))) {
            assertThat(pages.page(ItemSelection.all(), null, Integer.MAX_VALUE).rows().stream()
                            .map(ReadRow::values))
                    .containsExactlyInAnyOrder(
                            List.of(Json.parse("1"), 1L, Json.parse("[\"x\"]")),
                            List.of(Json.parse("\"1\""), 2L, Json.parse("[1]")),
                            Arrays.asList(null, 3L, null));
        }
    }

    @Test
    void aDeclaredKeyMustBeTheTables() throws InterruptedException {
        write(Schema.parse("id int, v int"), Map.of("id", 1, "v", 1));

        assertThatThrownBy(() -> RowPages.open(settings("id int"), List.of("id", "v")))
                .isInstanceOf(MirrorException.class)
                .hasMessage("table " + table + " has the key id, but it is declared with the primary key id, v; declare"
                        + " its own");
    }

    private void write(Schema schema, Map<String, ?> row) throws InterruptedException {
        write(schema, List.of(row));
    }

    private void write(Schema schema, List<? extends Map<String, ?>> rows) throws InterruptedException {
        try (Mirror mirror =
                Mirror.open(builder().partitionKey("id").initMode(InitMode.CREATE_IF_NOT_EXISTS), schema)) {
            for (Map<String, ?> row : rows) {
                mirror.put(row);
            }
        }
    }

    private ReadSettings settings(String schema) {
        return builder().schema(schema).buildForReading();
    }

    private MirrorSettings.Builder builder() {
        return DynamoDb.table(table).endpoint(database.endpoint()).region("eu-central-1");
    }
}
