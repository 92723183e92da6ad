package dev.dynamirror.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.testkit.ManualClock;
import dev.dynamirror.value.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The bytes of every request; what DynamoDB does with them is in {@link ChangeFormOnDynamoDbLocalTest}. */
final class ChangeFormTest {

    private static final Schema SCHEMA = Schema.parse("id int, v int, name str?");
    private static final Map<String, ?> ROW = Map.of("id", 1, "v", 7, "name", "Ada");

    private static final String OWN_PUT = "\"ConditionExpression\":\"attribute_not_exists(#v) OR #v < :v\","
            + "\"ExpressionAttributeNames\":{\"#v\":\"dynamirror_version\"},\"ExpressionAttributeValues\":{\":v\":";
    private static final String END_OF_CONDITION =
            ",\"ReturnConsumedCapacity\":\"TOTAL\",\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\"}";

    private final ManualClock clock = new ManualClock();
    private final Tombstones tombstones = new Tombstones(Duration.ofDays(1), clock);

    @Test
    void elementsOfBatches() {
        RowEncoder<Map<String, ?>> encoder = encoder(ChangeForm.batch());
        assertPut(
                encoder.put(ROW),
                Change.Request.BATCH_ELEMENT,
                "{\"PutRequest\":{\"Item\":{\"id\":{\"N\":\"1\"},\"v\":{\"N\":\"7\"},\"name\":{\"S\":\"Ada\"}}}}");
        assertDelete(
                encoder.delete(ROW),
                Change.Request.BATCH_ELEMENT,
                "{\"DeleteRequest\":{\"Key\":{\"id\":{\"N\":\"1\"}}}}");
    }

    @Test
    void itemsWithTheMirrorsOwnVersions() {
        RowEncoder<Map<String, ?>> encoder = encoder(ChangeForm.items(own(tombstones)));
        assertPut(
                encoder.put(ROW),
                Change.Request.PUT_ITEM,
                "{\"TableName\":\"t\",\"Item\":{\"id\":{\"N\":\"1\"},\"v\":{\"N\":\"7\"},\"name\":{\"S\":\"Ada\"},"
                        + "\"dynamirror_version\":{\"N\":\"1767225600000000000000001\"}}," + OWN_PUT
                        + "{\"N\":\"1767225600000000000000001\"}}" + END_OF_CONDITION);
        assertDelete(
                encoder.delete(Map.of("id", 1)),
                Change.Request.PUT_ITEM,
                "{\"TableName\":\"t\",\"Item\":{\"id\":{\"N\":\"1\"},"
                        + "\"dynamirror_version\":{\"N\":\"1767225600000000000000002\"},"
                        + "\"dynamirror_deleted\":{\"BOOL\":true},\"dynamirror_expires\":{\"N\":\"1767312000\"}},"
                        + OWN_PUT.replace("<", "<=") + "{\"N\":\"1767225600000000000000002\"}}" + END_OF_CONDITION);
        clock.advance(Duration.ofHours(1));
        assertThat(text(encoder.delete(ROW)))
                .contains("\"dynamirror_expires\":{\"N\":\"1767315600\"}")
                .contains("{\":v\":{\"N\":\"1767225600000000000000003\"}}");
    }

    @Test
    void deletesThatLeaveNoTombstone() {
        assertDelete(
                encoder(ChangeForm.items(own(null))).delete(ROW),
                Change.Request.DELETE_ITEM,
                "{\"TableName\":\"t\",\"Key\":{\"id\":{\"N\":\"1\"}}," + OWN_PUT.replace("<", "<=")
                        + "{\"N\":\"1767225600000000000000001\"}}" + END_OF_CONDITION);
    }

    @Test
    void itemsWithAVersionColumn() {
        RowEncoder<Map<String, ?>> encoder = encoder(ChangeForm.items(column(tombstones)));
        String ofV = OWN_PUT.replace("dynamirror_version", "v");
        assertPut(
                encoder.put(ROW),
                Change.Request.PUT_ITEM,
                "{\"TableName\":\"t\",\"Item\":{\"id\":{\"N\":\"1\"},\"v\":{\"N\":\"7\"},\"name\":{\"S\":\"Ada\"}},"
                        + ofV + "{\"N\":\"7\"}}" + END_OF_CONDITION);
        assertDelete(
                encoder.delete(Map.of("id", 1, "v", 8)),
                Change.Request.PUT_ITEM,
                "{\"TableName\":\"t\",\"Item\":{\"id\":{\"N\":\"1\"},\"v\":{\"N\":\"8\"},"
                        + "\"dynamirror_deleted\":{\"BOOL\":true},\"dynamirror_expires\":{\"N\":\"1767312000\"}},"
                        + ofV.replace("<", "<=") + "{\"N\":\"8\"}}" + END_OF_CONDITION);
        assertDelete(
                encoder(ChangeForm.items(column(null))).delete(ROW),
                Change.Request.DELETE_ITEM,
                "{\"TableName\":\"t\",\"Key\":{\"id\":{\"N\":\"1\"}}," + ofV.replace("<", "<=") + "{\"N\":\"7\"}}"
                        + END_OF_CONDITION);
    }

    @Test
    void columnsThatAreMerged() {
        assertPut(
                encoder(ChangeForm.columns(null)).put(ROW),
                Change.Request.UPDATE_ITEM,
                "{\"TableName\":\"t\",\"Key\":{\"id\":{\"N\":\"1\"}},\"UpdateExpression\":\"SET #0=:0,#1=:1\","
                        + "\"ExpressionAttributeNames\":{\"#0\":\"v\",\"#1\":\"name\"},"
                        + "\"ExpressionAttributeValues\":{\":0\":{\"N\":\"7\"},\":1\":{\"S\":\"Ada\"}},"
                        + "\"ReturnConsumedCapacity\":\"TOTAL\"}");
        assertDelete(
                encoder(ChangeForm.columns(null)).delete(ROW),
                Change.Request.DELETE_ITEM,
                "{\"TableName\":\"t\",\"Key\":{\"id\":{\"N\":\"1\"}},\"ReturnConsumedCapacity\":\"TOTAL\"}");
        assertDelete(
                encoder(ChangeForm.columnsKeepingItems(null)).delete(ROW),
                Change.Request.UPDATE_ITEM,
                "{\"TableName\":\"t\",\"Key\":{\"id\":{\"N\":\"1\"}},\"UpdateExpression\":\"REMOVE #0,#1\","
                        + "\"ConditionExpression\":\"attribute_exists(#k)\","
                        + "\"ExpressionAttributeNames\":{\"#0\":\"v\",\"#1\":\"name\",\"#k\":\"id\"},"
                        + "\"ReturnConsumedCapacity\":\"TOTAL\"}");
    }

    @Test
    void aKeyThatIsMergedHasNoExpression() {
        Schema key = Schema.parse("at str, id int");
        Map<String, ?> row = Map.of("id", 1, "at", "x");
        assertThat(text(encoder(key, "at", ChangeForm.columns(null)).put(row)))
                .isEqualTo("{\"TableName\":\"t\",\"Key\":{\"id\":{\"N\":\"1\"},\"at\":{\"S\":\"x\"}},"
                        + "\"ReturnConsumedCapacity\":\"TOTAL\"}");
        assertThat(text(encoder(key, "at", ChangeForm.columnsKeepingItems(null)).delete(row)))
                .isEqualTo("{\"TableName\":\"t\",\"Key\":{\"id\":{\"N\":\"1\"},\"at\":{\"S\":\"x\"}},"
                        + "\"ConditionExpression\":\"attribute_exists(#k)\","
                        + "\"ExpressionAttributeNames\":{\"#k\":\"id\"},\"ReturnConsumedCapacity\":\"TOTAL\"}");
        assertThat(text(encoder(key, "at", ChangeForm.columns(own(null))).put(row)))
                .isEqualTo("{\"TableName\":\"t\",\"Key\":{\"id\":{\"N\":\"1\"},\"at\":{\"S\":\"x\"}},"
                        + "\"UpdateExpression\":\"SET #v=:v REMOVE #d,#e\","
                        + "\"ConditionExpression\":\"attribute_not_exists(#v) OR #v < :v\","
                        + "\"ExpressionAttributeNames\":{\"#v\":\"dynamirror_version\",\"#d\":\"dynamirror_deleted\","
                        + "\"#e\":\"dynamirror_expires\"},"
                        + "\"ExpressionAttributeValues\":{\":v\":{\"N\":\"1767225600000000000000001\"}}"
                        + END_OF_CONDITION);
        assertThat(text(encoder(key, "at", ChangeForm.columnsKeepingItems(own(null)))
                        .delete(row)))
                .isEqualTo("{\"TableName\":\"t\",\"Key\":{\"id\":{\"N\":\"1\"},\"at\":{\"S\":\"x\"}},"
                        + "\"UpdateExpression\":\"SET #v=:v\"," + OWN_PUT.replace("<", "<=")
                        + "{\"N\":\"1767225600000000000000001\"}}" + END_OF_CONDITION);
    }

    @Test
    void columnsThatAreMergedByTheMirrorsOwnVersions() {
        RowEncoder<Map<String, ?>> encoder = encoder(ChangeForm.columnsKeepingItems(own(tombstones)));
        assertPut(
                encoder.put(ROW),
                Change.Request.UPDATE_ITEM,
                "{\"TableName\":\"t\",\"Key\":{\"id\":{\"N\":\"1\"}},"
                        + "\"UpdateExpression\":\"SET #0=:0,#1=:1,#v=:v REMOVE #d,#e\","
                        + "\"ConditionExpression\":\"attribute_not_exists(#v) OR #v < :v\","
                        + "\"ExpressionAttributeNames\":{\"#0\":\"v\",\"#1\":\"name\",\"#v\":\"dynamirror_version\","
                        + "\"#d\":\"dynamirror_deleted\",\"#e\":\"dynamirror_expires\"},"
                        + "\"ExpressionAttributeValues\":{\":0\":{\"N\":\"7\"},\":1\":{\"S\":\"Ada\"},"
                        + "\":v\":{\"N\":\"1767225600000000000000001\"}}" + END_OF_CONDITION);
        assertDelete(
                encoder.delete(ROW),
                Change.Request.UPDATE_ITEM,
                "{\"TableName\":\"t\",\"Key\":{\"id\":{\"N\":\"1\"}},"
                        + "\"UpdateExpression\":\"SET #v=:v REMOVE #0,#1\","
                        + "\"ConditionExpression\":\"attribute_not_exists(#v) OR #v <= :v\","
                        + "\"ExpressionAttributeNames\":{\"#0\":\"v\",\"#1\":\"name\",\"#v\":\"dynamirror_version\"},"
                        + "\"ExpressionAttributeValues\":{\":v\":{\"N\":\"1767225600000000000000002\"}}"
                        + END_OF_CONDITION);
    }

    @Test
    void columnsThatAreMergedByAVersionColumn() {
        RowEncoder<Map<String, ?>> encoder = encoder(ChangeForm.columnsKeepingItems(column(tombstones)));
        assertPut(
                encoder.put(ROW),
                Change.Request.UPDATE_ITEM,
                "{\"TableName\":\"t\",\"Key\":{\"id\":{\"N\":\"1\"}},"
                        + "\"UpdateExpression\":\"SET #v=:v,#1=:1 REMOVE #d,#e\","
                        + "\"ConditionExpression\":\"attribute_not_exists(#v) OR #v < :v\","
                        + "\"ExpressionAttributeNames\":{\"#v\":\"v\",\"#1\":\"name\","
                        + "\"#d\":\"dynamirror_deleted\",\"#e\":\"dynamirror_expires\"},"
                        + "\"ExpressionAttributeValues\":{\":v\":{\"N\":\"7\"},\":1\":{\"S\":\"Ada\"}}"
                        + END_OF_CONDITION);
        assertDelete(
                encoder.delete(ROW),
                Change.Request.UPDATE_ITEM,
                "{\"TableName\":\"t\",\"Key\":{\"id\":{\"N\":\"1\"}},\"UpdateExpression\":\"SET #v=:v REMOVE #1\","
                        + "\"ConditionExpression\":\"attribute_not_exists(#v) OR #v <= :v\","
                        + "\"ExpressionAttributeNames\":{\"#v\":\"v\",\"#1\":\"name\"},"
                        + "\"ExpressionAttributeValues\":{\":v\":{\"N\":\"7\"}}" + END_OF_CONDITION);
    }

    @Test
    void aDeleteOfAMergedItemIsThatOfAVersionedOne() {
        assertThat(text(encoder(ChangeForm.columns(column(tombstones))).delete(ROW)))
                .isEqualTo(text(encoder(ChangeForm.items(column(tombstones))).delete(ROW)));
        assertThat(text(encoder(ChangeForm.columns(own(null))).delete(ROW)))
                .isEqualTo(text(encoder(ChangeForm.items(own(null))).delete(ROW)));
    }

    @Test
    void namesAreEscaped() {
        Schema odd = Schema.parse("\"a\"\"b\" int, \"c\\d\n\" int, größe int");
        Versioning size = new Versioning("größe", null, tombstones);
        Map<String, ?> row = Map.of("a\"b", 1, "c\\d\n", 2, "größe", 3);
        RowEncoder<Map<String, ?>> encoder = new RowEncoder<>(
                "t",
                MapRowEncoder.columns(odd, "a\"b", null, "größe"),
                ChangeForm.columns(size),
                UnstorableNumbers.BAD_ROW);
        assertThat(text(encoder.put(row)))
                .contains("\"Key\":{\"a\\\"b\":{\"N\":\"1\"}}")
                .contains("\"ExpressionAttributeNames\":{\"#0\":\"c\\\\d\\u000a\",\"#v\":\"größe\",");
        assertThat(text(encoder.delete(row))).contains("\"Item\":{\"a\\\"b\":{\"N\":\"1\"},\"größe\":{\"N\":\"3\"},");
    }

    @Test
    void aVersionIsThere() {
        RowEncoder<Map<String, ?>> encoder = encoder(ChangeForm.items(column(tombstones)));
        assertThatThrownBy(() -> encoder.delete(Map.of("id", 1)))
                .isInstanceOf(BadRowException.class)
                .hasMessage("table t: column \"v\" of row {id=1}: the version is absent, and deletes of a versioned"
                        + " mirror need the version column as well as the key");
        assertThatThrownBy(() -> encoder.put(Map.of("id", 1, "name", "Ada")))
                .isInstanceOf(BadRowException.class)
                .hasMessage("table t: column \"v\" of row {id=1}: the version is absent, and every row of a versioned"
                        + " mirror needs one");
    }

    /** A string would never be smaller than a number, and the item would keep its value for ever. */
    @Test
    void aVersionIsNoUnstorableNumber() {
        Schema schema = Schema.parse("id int, v float");
        for (ChangeForm form :
                new ChangeForm[] {ChangeForm.items(column(tombstones)), ChangeForm.columns(column(tombstones))}) {
            RowEncoder<Map<String, ?>> encoder = new RowEncoder<>(
                    "t", MapRowEncoder.columns(schema, "id", null, "v"), form, UnstorableNumbers.AS_STRING);
            assertThatThrownBy(() -> encoder.put(Map.of("id", 1, "v", Double.NaN)))
                    .isInstanceOf(BadRowException.class)
                    .hasMessage(
                            "table t: column \"v\" of row {id=1}: NaN is no number that DynamoDB can store; filter or"
                                    + " replace it");
        }
    }

    @Test
    void theVersionThatIsReadIsTheForms() {
        assertThatThrownBy(() -> new RowEncoder<>(
                        "t",
                        MapRowEncoder.columns(SCHEMA, "id", null, null),
                        ChangeForm.items(column(null)),
                        UnstorableNumbers.BAD_ROW))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Versioning(null, null, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Versioning("v", new MirrorVersions(1), null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anItemIsMeasuredInEveryForm() {
        // id 2 + 2, v 1 + 2, name 4 + 3
        int bare = 4 + 3 + 7;
        // dynamirror_version 18 + 14
        int own = bare + 32;
        assertThat(size(ChangeForm.batch())).isEqualTo(bare);
        assertThat(size(ChangeForm.items(own(null)))).isEqualTo(own);
        assertThat(size(ChangeForm.items(column(null)))).isEqualTo(bare);
        assertThat(size(ChangeForm.columns(null))).isEqualTo(bare);
        assertThat(size(ChangeForm.columns(own(null)))).isEqualTo(own);
        assertThat(size(ChangeForm.columns(column(null)))).isEqualTo(bare);
    }

    @Test
    void whatIsTooLargeIsABadRowInEveryForm() {
        int rest = 4 + 3 + 4;
        assertLongest(ChangeForm.batch(), 409_600 - rest);
        assertLongest(ChangeForm.items(own(null)), 409_600 - rest - 32);
        assertLongest(ChangeForm.items(column(null)), 409_600 - rest);
        assertLongest(ChangeForm.columns(null), 409_600 - rest);
        assertLongest(ChangeForm.columns(own(null)), 409_600 - rest - 32);
        assertLongest(ChangeForm.columnsKeepingItems(column(null)), 409_600 - rest);
    }

    private static void assertLongest(ChangeForm form, int longest) {
        encoder(form).put(Map.of("id", 1, "v", 7, "name", "x".repeat(longest)));
        assertThatThrownBy(() -> encoder(form).put(Map.of("id", 1, "v", 7, "name", "x".repeat(longest + 1))))
                .isInstanceOf(BadRowException.class)
                .hasMessage(
                        "table t: row {id=1}: the item has 409601 bytes, and DynamoDB takes at most 409600; leave out"
                                + " or shorten a column");
    }

    private static int size(ChangeForm form) {
        return ItemSize.of(encoder(form).put(ROW).wire());
    }

    /** What DynamoDB would do with the later one after the earlier one. */
    @Test
    void aLaterChangeSupersedesAnEarlierOneUnlessItsVersionIsOlder() {
        RowEncoder<Map<String, ?>> encoder = encoder(ChangeForm.items(column(tombstones)));
        Change put = encoder.put(Map.of("id", 1, "v", 9));
        Change delete = encoder.delete(Map.of("id", 1, "v", 9));
        for (Change earlier : new Change[] {put, delete}) {
            assertThat(encoder.put(Map.of("id", 1, "v", 10)).supersedes(earlier))
                    .isTrue();
            assertThat(encoder.put(Map.of("id", 1, "v", 9)).supersedes(earlier)).isFalse();
            assertThat(encoder.put(Map.of("id", 1, "v", 8)).supersedes(earlier)).isFalse();
            assertThat(encoder.delete(Map.of("id", 1, "v", 10)).supersedes(earlier))
                    .isTrue();
            assertThat(encoder.delete(Map.of("id", 1, "v", 9)).supersedes(earlier))
                    .isTrue();
            assertThat(encoder.delete(Map.of("id", 1, "v", 8)).supersedes(earlier))
                    .isFalse();
        }
        assertThat(put.version()).isEqualTo(KeyAttribute.number(9));
        assertThat(delete.version()).isEqualTo(KeyAttribute.number(9));
    }

    @Test
    void stringsAreComparedAsDynamoDbDoes() {
        // In UTF-16 the last one would be the first.
        assertThat(VersionCondition.OLDER.holds(KeyAttribute.string("\uffee"), KeyAttribute.string("😀")))
                .isTrue();
        assertThat(VersionCondition.NOT_NEWER.holds(KeyAttribute.string("b"), KeyAttribute.string("a")))
                .isFalse();
    }

    @Test
    void aLaterChangeSupersedesAnEarlierOneIfNoColumnIsTheVersion() {
        for (ChangeForm form : new ChangeForm[] {ChangeForm.batch(), ChangeForm.items(own(null))}) {
            RowEncoder<Map<String, ?>> encoder = encoder(form);
            Change earlier = encoder.put(ROW);
            assertThat(earlier.version()).isNull();
            assertThat(encoder.put(ROW).supersedes(earlier)).isTrue();
            assertThat(encoder.delete(ROW).supersedes(earlier)).isTrue();
        }
    }

    @Test
    void versionsGrow() {
        MirrorVersions versions = new MirrorVersions(1767225600000L);
        assertThat(versions.next()).hasToString("1767225600000000000000001");
        assertThat(versions.next()).hasToString("1767225600000000000000002");
        MirrorVersions last = new MirrorVersions(1767225600000L, 999_999_999_998L);
        assertThat(last.next()).hasToString("1767225600000999999999999");
        assertThat(last.next()).hasToString("1767225600001000000000000");
        assertThat(last.next()).hasToString("1767225600001000000000001");
        assertThat(new MirrorVersions(Long.MAX_VALUE).next()).hasToString("9223372036854775807000000000001");
        assertThatThrownBy(() -> new MirrorVersions(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an epoch is in milliseconds since 1970, and not 0");
    }

    /** The key's equality and the number in a condition are one. */
    @Test
    void aVersionMayBeAnyOrderedValue() {
        Map<String, Object> row = new HashMap<>(ROW);
        row.put("v", "2026");
        assertThat(text(new RowEncoder<>(
                                "t",
                                MapRowEncoder.columns(Schema.parse("id int, v str, name str?"), "id", null, "v"),
                                ChangeForm.items(column(null)),
                                UnstorableNumbers.BAD_ROW)
                        .put(row)))
                .contains("\"ExpressionAttributeValues\":{\":v\":{\"S\":\"2026\"}}");
    }

    private Versioning own(@Nullable Tombstones deletes) {
        return new Versioning(null, new MirrorVersions(clock.millis()), deletes);
    }

    private static Versioning column(@Nullable Tombstones deletes) {
        return new Versioning("v", null, deletes);
    }

    private static RowEncoder<Map<String, ?>> encoder(ChangeForm form) {
        return encoder(SCHEMA, null, form);
    }

    private static RowEncoder<Map<String, ?>> encoder(Schema schema, @Nullable String sortKey, ChangeForm form) {
        return new RowEncoder<>(
                "t",
                MapRowEncoder.columns(schema, "id", sortKey, form.versionColumn()),
                form,
                UnstorableNumbers.BAD_ROW);
    }

    private static void assertPut(Change change, Change.Request request, String wire) {
        assertThat(change).isInstanceOf(Change.Put.class);
        assertChange(change, request, wire);
    }

    private static void assertDelete(Change change, Change.Request request, String wire) {
        assertThat(change).isInstanceOf(Change.Delete.class);
        assertChange(change, request, wire);
    }

    private static void assertChange(Change change, Change.Request request, String wire) {
        assertThat(text(change)).isEqualTo(wire);
        assertThat(change.request()).isEqualTo(request);
        assertThat(change.key()).isEqualTo(Key.of(KeyAttribute.number(1), null));
    }

    private static String text(Change change) {
        return new String(change.wire(), StandardCharsets.UTF_8);
    }
}
