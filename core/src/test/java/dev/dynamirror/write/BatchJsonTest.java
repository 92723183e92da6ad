package dev.dynamirror.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.item.Change;
import dev.dynamirror.item.Key;
import dev.dynamirror.item.KeyAttribute;
import dev.dynamirror.item.KeyType;
import dev.dynamirror.table.TableSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BatchJsonTest {

    private static final BatchJson JSON =
            new BatchJson(new TableSpec("t", new TableSpec.KeyPart("k", KeyType.S), null));
    private static final BatchJson COMPOSITE = new BatchJson(
            new TableSpec("t", new TableSpec.KeyPart("n", KeyType.N), new TableSpec.KeyPart("b", KeyType.B)));

    @Test
    void aRequestIsItsChangesOneAfterTheOther() {
        assertThat(text(JSON.request(List.of(Changes.put("a", 1)))))
                .isEqualTo(
                        "{\"RequestItems\":{\"t\":["
                                + "{\"PutRequest\":{\"Item\":{\"k\":{\"S\":\"a\"},\"v\":{\"S\":\"1\"}}}}]},\"ReturnConsumedCapacity\":\"TOTAL\"}");
        assertThat(text(JSON.request(List.of(Changes.put("a", 1), Changes.delete("ü")))))
                .isEqualTo(
                        "{\"RequestItems\":{\"t\":["
                                + "{\"PutRequest\":{\"Item\":{\"k\":{\"S\":\"a\"},\"v\":{\"S\":\"1\"}}}},"
                                + "{\"DeleteRequest\":{\"Key\":{\"k\":{\"S\":\"ü\"}}}}]},\"ReturnConsumedCapacity\":\"TOTAL\"}");
    }

    @Test
    void largeChangesAreNotCopied() {
        String longKey = "k".repeat(1200);
        List<Change> changes = List.of(Changes.put(longKey, 1), Changes.put("b", 2), Changes.put(longKey + "2", 3));

        List<byte[]> pieces = JSON.request(changes);

        assertThat(pieces)
                .contains(
                        changes.get(0).wire(),
                        changes.get(1).wire(),
                        changes.get(2).wire());
        assertThat(text(pieces))
                .isEqualTo("{\"RequestItems\":{\"t\":["
                        + changes.stream()
                                .map(change -> text(List.of(change.wire())))
                                .collect(Collectors.joining(",")) + "]},\"ReturnConsumedCapacity\":\"TOTAL\"}");
        assertThat(JSON.request(List.of(Changes.put("a", 1)))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"UnprocessedItems\":{}}",
                " { \"UnprocessedItems\" : { } } ",
                "{\"UnprocessedItems\":{\"t\":[]}}",
                "{\"ItemCollectionMetrics\":{\"t\":[{\"a\":[1,{}]}]},\"UnprocessedItems\":{},"
                        + "\"ConsumedCapacity\":[{\"TableName\":\"t\",\"CapacityUnits\":1.0}]}",
            })
    void nothingIsUnprocessed(String body) throws IOException {
        assertThat(unprocessed(JSON, bytes(body))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"ConsumedCapacity\":null}", "{\"ConsumedCapacity\":[]}"})
    void nothingIsSaidOfWriteUnits(String body) throws IOException {
        assertThat(JSON.answer(bytes(body)).writeUnits()).isNaN();
    }

    @Test
    void readsTheKeysOfWhatIsUnprocessed() throws IOException {
        assertThat(unprocessed(
                        JSON,
                        bytes("{\"UnprocessedItems\":{\"t\":["
                                + "{\"PutRequest\":{\"Item\":{\"v\":{\"M\":{\"k\":{\"S\":\"no\"},\"l\":{\"L\":[{\"S\":\"x\"}]}}},"
                                + "\"k\":{\"S\":\"a\\n\\u00fc\"}}}},"
                                + "{\"DeleteRequest\":{\"Key\":{\"k\":{\"S\":\"b\"}}}}]},\"More\":[[]]}")))
                .isEqualTo(Set.of(Changes.key("a\nü"), Changes.key("b")));
    }

    @Test
    void readsCompositeKeysInAnyOrder() throws IOException {
        assertThat(
                        unprocessed(
                                COMPOSITE,
                                bytes(
                                        "{\"UnprocessedItems\":{\"t\":["
                                                + "{\"PutRequest\":{\"Item\":{\"b\":{\"B\":\"AQI=\"},\"x\":{\"NULL\":true},\"n\":{\"N\":\"1.50\"}}}}]}}")))
                .isEqualTo(Set.of(
                        Key.of(KeyAttribute.number(new BigDecimal("1.5")), KeyAttribute.binary(new byte[] {1, 2}))));
    }

    /** The reply was taken for none, and the batch sent again and again. */
    @Test
    void namesOfUnprocessedItemsMayBeVeryLong() throws IOException {
        assertThat(unprocessed(
                        JSON,
                        bytes("{\"UnprocessedItems\":{\"t\":[{\"PutRequest\":{\"Item\":{\"k\":{\"S\":\"b\"},"
                                + "\"v\":{\"M\":{\"" + "n".repeat(65_535) + "\":{\"N\":\"1\"}}}}}}]}}")))
                .containsExactly(Changes.key("b"));
    }

    /** A table that was named by its ARN may come back by its name. */
    @Test
    void readsWhatIsUnprocessedUnderAnyTableName() throws IOException {
        assertThat(unprocessed(
                        JSON,
                        bytes("{\"UnprocessedItems\":{\"other\":["
                                + "{\"DeleteRequest\":{\"Key\":{\"k\":{\"S\":\"b\"}}}}]}}")))
                .containsExactly(Changes.key("b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "\"x\"",
                "{",
                "{\"UnprocessedItems\":[]}",
                "{\"UnprocessedItems\":{\"t\":{}}}",
                "{\"UnprocessedItems\":{\"t\":[",
                "{\"UnprocessedItems\":{\"t\":[{\"PutRequest\":{\"Item\":{\"v\":{\"S\":\"a\"}}}}]}}",
                "{\"UnprocessedItems\":{\"t\":[{\"PutRequest\":{\"Item\":{\"k\":{\"S\":7}}}}]}}",
                "{\"UnprocessedItems\":{\"t\":[{}]}}",
            })
    void whatIsNoReplyIsAnError(String body) {
        assertThatThrownBy(() -> unprocessed(JSON, bytes(body))).isInstanceOf(IOException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(List<byte[]> pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.forEach(all::writeBytes);
        return all.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aConditionThatFailsMeansThatSomethingNewerIsThere() {
        String found = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\","
                + "\"message\":\"The conditional request failed\",\"Item\":{\"k\":{\"S\":\"a\"},"
                + "\"l\":{\"L\":[{\"M\":{\"dynamirror_version\":{\"N\":\"9\"}}}]},"
                + "\"dynamirror_version\":{\"N\":\"1700000000000000000000005\"}}}";
        assertThat(FailedCondition.reply(bytes(found), versioned("1700000000000000000000004")))
                .isEqualTo(new BatchReply.Overtaken(false));
        assertThat(FailedCondition.reply(bytes(found), versioned("1700000000001000000000001")))
                .isEqualTo(new BatchReply.Overtaken(false));
        assertThat(FailedCondition.reply(bytes(found), versioned("1699999999999000000000009")))
                .isEqualTo(new BatchReply.Overtaken(true));
    }

    @Test
    void aConditionThatFailsWithoutAnItemMeansThatThereWasNothingToDo() {
        String none = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\"}";
        assertThat(FailedCondition.reply(bytes(none), versioned("1")))
                .isEqualTo(new BatchReply.Answered(Set.of(), Double.NaN));
    }

    @Test
    void aColumnsVersionIsOfNoRun() {
        String found = "{\"__type\":\"x#ConditionalCheckFailedException\",\"Item\":{\"v\":{\"N\":\"7\"}}}";
        assertThat(FailedCondition.reply(bytes(found), versioned("v", "3"))).isEqualTo(new BatchReply.Overtaken(false));
    }

    /** The item kept its value for ever, and nobody was told. */
    @Test
    void aVersionOfAnotherTypeIsABadRow() {
        String found = "{\"__type\":\"x#ConditionalCheckFailedException\",\"Item\":{\"v\":{\"S\":\"7\"}}}";
        assertThat(FailedCondition.reply(bytes(found), versioned("v", "3")))
                .isEqualTo(
                        new BatchReply.Invalid("the item has the version \"v\" as S, the row has it as N, and DynamoDB"
                                + " compares versions of one type only; delete the item, or write to another table"));
    }

    private static Change versioned(String version) {
        return versioned("dynamirror_version", version);
    }

    private static Change versioned(String attribute, String version) {
        return new Change.Put(
                Key.of(KeyAttribute.string("a"), null),
                bytes("{\"TableName\":\"t\",\"Item\":{\"k\":{\"S\":\"a\"},\"m\":{\"M\":{\":v\":{\"N\":\"0\"}}}},"
                        + "\"ExpressionAttributeNames\":{\"#v\":\"" + attribute
                        + "\"},\"ExpressionAttributeValues\":{\":v\":{\"N\":\"" + version + "\"}}}"),
                Change.Request.PUT_ITEM);
    }

    private static Set<Key> unprocessed(BatchJson json, byte[] body) throws IOException {
        return json.answer(body).unprocessed();
    }
}
