package dev.dynamirror.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.ScriptedDynamoDb;
import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.Key;
import dev.dynamirror.item.KeyAttribute;
import dev.dynamirror.item.KeyType;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.table.TablePreparer;
import dev.dynamirror.table.TableSpec;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@WithLocalDynamoDb
final class ItemReaderTest {

    private static final int ALL = Integer.MAX_VALUE;
    private static final AttributeValue LARGE = AttributeValue.fromS("x".repeat(300_000));

    private final Connection connection;
    private final String name;

    ItemReaderTest(LocalDynamoDb database, @TableName String name) {
        this.connection = Connection.open(new ConnectionSettings(database.endpoint(), "us-east-1"));
        this.name = name;
    }

    @AfterEach
    void close() {
        connection.close();
    }

    @Test
    void aScanGoesOnWhereAPageEnded() {
        create(KeyType.N, null);
        for (int i = 0; i < 10; i++) {
            put(Map.of("p", number(i), "v", LARGE));
        }
        List<List<String>> pages = pages(ItemSelection.all());
        assertThat(pages)
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(page -> assertThat(page).hasSizeLessThan(5));
        assertThat(pages.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(texts(0, 10));
    }

    @Test
    void aQueryGoesOnWhereAPageEnded() {
        create(KeyType.B, KeyType.B);
        for (int i = 0; i < 10; i++) {
            put(Map.of("p", binary(7), "s", binary(255, i), "v", LARGE));
            put(Map.of("p", binary(8), "s", binary(255, i)));
        }
        List<List<String>> pages = pages(ItemSelection.partition(KeyAttribute.binary(new byte[] {7})));
        assertThat(pages).hasSizeGreaterThanOrEqualTo(3);
        assertThat(pages.stream().flatMap(List::stream))
                .containsExactly(
                        "\"/wA=\"",
                        "\"/wE=\"",
                        "\"/wI=\"",
                        "\"/wM=\"",
                        "\"/wQ=\"",
                        "\"/wU=\"",
                        "\"/wY=\"",
                        "\"/wc=\"",
                        "\"/wg=\"",
                        "\"/wk=\"");
    }

    @Test
    void theStreamReadsAPageWhenItsFirstItemIsAskedFor() {
        create(KeyType.N, null);
        for (int i = 0; i < 10; i++) {
            put(Map.of("p", number(i), "v", LARGE));
        }
        try (Stream<Map<String, AttributeValue>> items = reader().items(ItemSelection.all())) {
            Iterator<Map<String, AttributeValue>> iterator = items.iterator();
            iterator.next();
            connection.client().deleteTable(request -> request.tableName(name));
            assertThatThrownBy(() -> iterator.forEachRemaining(item -> {}))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("table " + name + " doesn't exist");
        }
    }

    @Test
    void everyItemIsInOneSegment() {
        create(KeyType.N, null);
        for (int i = 0; i < 100; i++) {
            put(Map.of("p", number(i)));
        }
        List<String> found = new ArrayList<>();
        int filled = 0;
        for (int segment = 0; segment < 7; segment++) {
            List<String> part = pages(ItemSelection.segment(segment, 7)).stream()
                    .flatMap(List::stream)
                    .toList();
            filled += part.isEmpty() ? 0 : 1;
            found.addAll(part);
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(texts(0, 100));
        assertThat(filled).isGreaterThan(1);
    }

    @Test
    void aPageHasAtMostSoManyItems() {
        create(KeyType.S, KeyType.N);
        for (int i = 0; i < 5; i++) {
            put(Map.of("p", string("a"), "s", number(i)));
        }
        for (ItemSelection selection :
                List.of(ItemSelection.all(), ItemSelection.partition(KeyAttribute.string("a")))) {
            ItemPage first = reader().page(selection, null, 2);
            assertThat(keys(first)).containsExactly("0", "1");
            assertThat(first.next()).isEqualTo(new ItemPosition("{\"p\":{\"S\":\"a\"},\"s\":{\"N\":\"1\"}}"));
            ItemPage second = reader().page(selection, first.next(), 10);
            assertThat(keys(second)).containsExactly("2", "3", "4");
            assertThat(second.next()).isNull();
        }
    }

    @Test
    void aSortKeyOfNumbersIsCompared() {
        create(KeyType.S, KeyType.N);
        for (int i = -2; i < 12; i++) {
            put(Map.of("p", string("a"), "s", number(i)));
            put(Map.of("p", string("b"), "s", number(i)));
        }
        KeyAttribute nine = KeyAttribute.number(9);
        assertThat(queried(SortCondition.of(SortCondition.Operator.EQUAL, nine)))
                .containsExactly("9");
        assertThat(queried(SortCondition.of(SortCondition.Operator.LESS, KeyAttribute.number(0))))
                .containsExactly("-2", "-1");
        assertThat(queried(SortCondition.of(SortCondition.Operator.AT_MOST, KeyAttribute.number(0))))
                .containsExactly("-2", "-1", "0");
        assertThat(queried(SortCondition.of(SortCondition.Operator.GREATER, nine)))
                .containsExactly("10", "11");
        assertThat(queried(SortCondition.of(SortCondition.Operator.AT_LEAST, nine)))
                .containsExactly("9", "10", "11");
        assertThat(queried(SortCondition.of(SortCondition.Operator.BETWEEN, nine, KeyAttribute.number(10))))
                .containsExactly("9", "10");
        assertThat(queried(SortCondition.of(SortCondition.Operator.BETWEEN, nine, nine)))
                .containsExactly("9");
        assertThat(queried(SortCondition.of(SortCondition.Operator.EQUAL, KeyAttribute.number(100))))
                .isEmpty();
    }

    @Test
    void aSortKeyOfStringsIsComparedAndMayBeginWithOne() {
        create(KeyType.S, KeyType.S);
        for (String key : List.of("a", "ab", "abc", "b", "ü", "üb")) {
            put(Map.of("p", string("a"), "s", string(key)));
        }
        assertThat(queried(SortCondition.of(SortCondition.Operator.BEGINS_WITH, KeyAttribute.string("ab"))))
                .containsExactly("\"ab\"", "\"abc\"");
        assertThat(queried(SortCondition.of(SortCondition.Operator.GREATER, KeyAttribute.string("b"))))
                .containsExactly("\"ü\"", "\"üb\"");
    }

    @Test
    void aPartitionThatIsNotThereHasNoItems() {
        create(KeyType.N, null);
        assertThat(pages(ItemSelection.partition(KeyAttribute.number(1)))).containsExactly(List.of());
    }

    @Test
    void onlyTheAttributesOfTheListAndTheKeyAreRead() {
        create(KeyType.S, KeyType.N);
        Map<String, AttributeValue> item = new HashMap<>();
        // Reserved words, signs of expressions, and what only looks like a path.
        List<String> names = List.of("name", "size", "a.b", "a", "x[0]", "#a0", ":p", "a b", "ü", "\"", "0");
        names.forEach(attribute -> item.put(attribute, string("v")));
        item.put("p", string("a"));
        item.put("s", number(1));
        item.put("other", string("v"));
        put(item);
        Map<String, AttributeValue> expected = new HashMap<>(item);
        expected.remove("other");
        ItemReader reader = new ItemReader(
                connection,
                table(),
                Stream.concat(names.stream(), Stream.of("s", "nowhere")).toList());
        assertThat(reader.items(ItemSelection.all())).containsExactly(expected);
        assertThat(reader.items(ItemSelection.partition(
                        KeyAttribute.string("a"),
                        SortCondition.of(SortCondition.Operator.EQUAL, KeyAttribute.number(1)))))
                .containsExactly(expected);
        assertThat(reader.item(Key.of(KeyAttribute.string("a"), KeyAttribute.number(1))))
                .contains(expected);
        assertThat(reader().items(ItemSelection.all())).containsExactly(item);
    }

    @Test
    void manyAttributesAreReadWithOrWithoutAProjection() {
        create(KeyType.N, null);
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("p", number(1));
        IntStream.range(0, 320).forEach(i -> item.put("attribute" + i, number(i)));
        put(item);
        List<String> names =
                IntStream.range(0, 320).mapToObj(i -> "attribute" + i).toList();
        assertThat(new ItemReader(connection, table(), names.subList(0, 299)).items(ItemSelection.all()))
                .singleElement()
                .satisfies(found -> assertThat(found).hasSize(300));
        assertThat(new ItemReader(connection, table(), names.subList(0, 300)).items(ItemSelection.all()))
                .singleElement()
                .isEqualTo(item);
    }

    @Test
    void anItemIsFoundByItsKey() {
        create(KeyType.B, KeyType.S);
        Map<String, AttributeValue> item = Map.of("p", binary(0, 255), "s", string("ü"), "v", number(1));
        put(item);
        assertThat(reader().item(Key.of(KeyAttribute.binary(new byte[] {0, -1}), KeyAttribute.string("ü"))))
                .contains(item);
        assertThat(reader().item(Key.of(KeyAttribute.binary(new byte[] {0}), KeyAttribute.string("ü"))))
                .isEmpty();
    }

    @Test
    void aMissingTableIsAnError() {
        assertThatThrownBy(() -> ItemReader.describe(connection, name))
                .isInstanceOf(MirrorException.class)
                .hasMessage("table " + name + " doesn't exist");
    }

    @Test
    void aTableThatIsGoingAwayCannotBeRead() {
        try (ScriptedDynamoDb server = new ScriptedDynamoDb();
                Connection scripted = Connection.open(new ConnectionSettings(server.endpoint(), "us-east-1"))) {
            server.reply(200, "{\"Table\":{\"TableName\":\"orders\",\"TableStatus\":\"DELETING\"}}");
            assertThatThrownBy(() -> ItemReader.describe(scripted, "orders"))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("table orders can't be read: it is DELETING, and must be ACTIVE");
        }
    }

    @Test
    void aTableKeepsTheArnThatItIsFoundBy() {
        try (ScriptedDynamoDb server = new ScriptedDynamoDb();
                Connection scripted = Connection.open(new ConnectionSettings(server.endpoint(), "us-east-1"))) {
            server.reply(200, """
                    {"Table":{"TableName":"orders","TableStatus":"ACTIVE",
                    "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
                    "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"N"}]}}""");
            String arn = "arn:aws:dynamodb:us-east-1:111122223333:table/orders";
            assertThat(ItemReader.describe(scripted, arn))
                    .isEqualTo(new TableSpec(arn, new TableSpec.KeyPart("id", KeyType.N), null));
        }
    }

    @Test
    void whatIsThrottledIsTriedAgainAndEveryReadIsConsistent() {
        TableSpec table = new TableSpec("orders", new TableSpec.KeyPart("id", KeyType.N), null);
        try (ScriptedDynamoDb server = new ScriptedDynamoDb();
                Connection scripted = Connection.open(new ConnectionSettings(server.endpoint(), "us-east-1"))) {
            server.reply(400, "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ThrottlingException\"}");
            // A page may be empty though others follow.
            server.reply(200, "{\"Items\":[],\"LastEvaluatedKey\":{\"id\":{\"N\":\"1\"}}}");
            server.reply(200, "{\"Items\":[{\"id\":{\"N\":\"2\"}}]}");
            assertThat(new ItemReader(scripted, table, List.of()).items(ItemSelection.all()))
                    .containsExactly(Map.of("id", number(2)));
            assertThat(server.operations()).containsExactly("Scan", "Scan", "Scan");
            assertThat(server.requests())
                    .allSatisfy(request -> assertThat(request.body()).contains("\"ConsistentRead\":true"));
            assertThat(server.requests().get(2).body()).contains("\"ExclusiveStartKey\":{\"id\":{\"N\":\"1\"}}");
        }
    }

    @Test
    void tombstonesAreNoItems() {
        create(KeyType.S, KeyType.N);
        for (int i = 0; i < 10; i++) {
            put(Map.of("p", string("a"), "s", number(i), "dynamirror_deleted", AttributeValue.fromBool(i % 5 != 0)));
        }
        put(Map.of("p", string("b"), "s", number(10), "dynamirror_deleted", string("true"), "v", number(1)));
        put(Map.of("p", string("b"), "s", number(11), "v", number(1)));
        ItemSelection a = ItemSelection.partition(KeyAttribute.string("a"));
        ItemSelection aBelow5 = ItemSelection.partition(
                KeyAttribute.string("a"), SortCondition.of(SortCondition.Operator.LESS, KeyAttribute.number(5)));
        for (ItemReader reader : List.of(reader(), new ItemReader(connection, table(), List.of("v")))) {
            assertThat(reader.items(ItemSelection.all()).map(ItemReaderTest::lastKeyPart))
                    .containsExactlyInAnyOrder("0", "5", "10", "11");
            assertThat(reader.items(a).map(ItemReaderTest::lastKeyPart)).containsExactly("0", "5");
            assertThat(reader.items(aBelow5).map(ItemReaderTest::lastKeyPart)).containsExactly("0");
            assertThat(reader.item(key("a", 1))).isEmpty();
            assertThat(reader.item(key("a", 5))).isPresent();
        }
    }

    private static Key key(String partition, int sort) {
        return Key.of(KeyAttribute.string(partition), KeyAttribute.number(sort));
    }

    @Test
    void theMarkOfATombstoneIsGivenToThoseWhoAskForItOnly() {
        create(KeyType.S, KeyType.N);
        Map<String, AttributeValue> item =
                Map.of("p", string("a"), "s", number(1), "dynamirror_deleted", AttributeValue.fromBool(false));
        put(item);
        Map<String, AttributeValue> bare = Map.of("p", string("a"), "s", number(1));
        ItemReader asking = new ItemReader(connection, table(), List.of("dynamirror_deleted", "s"));
        ItemReader others = new ItemReader(connection, table(), List.of("s"));
        assertThat(asking.items(ItemSelection.all())).containsExactly(item);
        assertThat(asking.item(key("a", 1))).contains(item);
        assertThat(others.items(ItemSelection.all())).containsExactly(bare);
        assertThat(others.item(key("a", 1))).contains(bare);
        assertThat(reader().item(key("a", 1))).contains(item);
    }

    /** DynamoDB counts to the limit before it filters. */
    @Test
    void aPageOfTombstonesIsEmptyAndReadingGoesOn() {
        create(KeyType.S, KeyType.N);
        for (int i = 0; i < 7; i++) {
            put(Map.of("p", string("a"), "s", number(i), "dynamirror_deleted", AttributeValue.fromBool(i < 5)));
        }
        for (ItemSelection selection :
                List.of(ItemSelection.all(), ItemSelection.partition(KeyAttribute.string("a")))) {
            List<List<String>> pages = new ArrayList<>();
            ItemPosition position = null;
            do {
                ItemPage page = reader().page(selection, position, 2);
                pages.add(keys(page));
                position = page.next();
            } while (position != null);
            assertThat(pages).startsWith(List.of(), List.of(), List.of("5"), List.of("6"));
        }
    }

    private void create(KeyType partition, @Nullable KeyType sort) {
        new TablePreparer(connection.client())
                .prepare(
                        new TableSpec(
                                name,
                                new TableSpec.KeyPart("p", partition),
                                sort == null ? null : new TableSpec.KeyPart("s", sort)),
                        InitMode.CREATE_IF_NOT_EXISTS);
    }

    private TableSpec table() {
        return ItemReader.describe(connection, name);
    }

    private ItemReader reader() {
        return new ItemReader(connection, table(), List.of());
    }

    private void put(Map<String, AttributeValue> item) {
        connection.client().putItem(request -> request.tableName(name).item(item));
    }

    /** The last parts of the keys of all items, page by page, each page by a reader of its own. */
    private List<List<String>> pages(ItemSelection selection) {
        List<List<String>> pages = new ArrayList<>();
        ItemPosition position = null;
        do {
            ItemPage page = reader().page(selection, position == null ? null : new ItemPosition(position.key()), ALL);
            pages.add(keys(page));
            position = page.next();
        } while (position != null);
        return pages;
    }

    private List<String> queried(SortCondition condition) {
        return reader().items(ItemSelection.partition(KeyAttribute.string("a"), condition))
                .map(ItemReaderTest::lastKeyPart)
                .toList();
    }

    private static List<String> keys(ItemPage page) {
        return page.items().stream().map(ItemReaderTest::lastKeyPart).toList();
    }

    private static String lastKeyPart(Map<String, AttributeValue> item) {
        AttributeValue sort = item.get("s");
        return ItemJson.PLAIN.value(sort == null ? Objects.requireNonNull(item.get("p")) : sort);
    }

    private static List<String> texts(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    private static AttributeValue number(int value) {
        return AttributeValue.fromN(Integer.toString(value));
    }

    private static AttributeValue string(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue binary(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
    }
}
