package dev.dynamirror.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dynamirror.testkit.faulty.AppliedWrite;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ItemFormTest {

    private static final ItemForm WITH_SORT = new ItemForm("p", "s", "v");
    private static final ItemForm WITHOUT_SORT = new ItemForm("p", null, "v");

    @Test
    void writesItems() {
        assertThat(WITHOUT_SORT.item(new Row(1, new RowKey("a", null), 7, 0)))
                .hasToString("{\"p\":{\"S\":\"a\"},\"v\":{\"N\":\"7\"}}");
        assertThat(WITH_SORT.item(new Row(1, new RowKey(-1L, 2L), 7, 0)))
                .hasToString("{\"p\":{\"N\":\"-1\"},\"s\":{\"N\":\"2\"},\"v\":{\"N\":\"7\"}}");
        assertThat(WITH_SORT.key(new RowKey("a", 2L))).hasToString("{\"p\":{\"S\":\"a\"},\"s\":{\"N\":\"2\"}}");
    }

    @Test
    void readsWrites() throws JsonProcessingException {
        ObjectNode key = json("{'p': {'S': 'a'}, 's': {'N': '2'}}");
        ObjectNode item = json("{'p': {'S': 'a'}, 's': {'N': '2'}, 'v': {'N': '7.0'}, 'more': {'BOOL': true}}");
        RowKey rowKey = new RowKey("a", 2L);
        assertThat(WITH_SORT.observed(List.of(
                        new AppliedWrite(4, Instant.EPOCH, "T", "PutItem", key, null, item, 1),
                        new AppliedWrite(5, Instant.EPOCH, "T", "DeleteItem", key, item, null, 1))))
                .containsExactly(new Observed(5, rowKey, 7L), new Observed(6, rowKey, null));
    }

    @Test
    void readsTables() throws JsonProcessingException {
        ObjectNode noKey = json("{'p': {'B': 'AA=='}, 'v': {'N': '8'}}");
        ObjectNode noValue = json("{'p': {'N': '1'}, 'v': {'N': '0.5'}}");
        assertThat(WITHOUT_SORT.table(List.of(json("{'p': {'S': '1'}, 'v': {'N': '7'}}"), noKey, noValue)))
                .isEqualTo(Map.of(new RowKey("1", null), 7L, noKey, 8L, new RowKey(1L, null), noValue));
        ObjectNode noSort = json("{'p': {'S': '1'}, 'v': {'N': '7'}}");
        assertThat(WITH_SORT.table(List.of(noSort))).isEqualTo(Map.of(noSort, 7L));
    }

    private static ObjectNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readValue(text.replace('\'', '"'), ObjectNode.class);
    }
}
