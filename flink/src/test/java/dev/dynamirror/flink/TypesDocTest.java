package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.flink.input.FileFormat;
import dev.dynamirror.flink.input.FileInput;
import dev.dynamirror.flink.type.LiveTypes;
import dev.dynamirror.item.KeyType;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.mirror.TableReader;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import dev.dynamirror.value.Column;
import dev.dynamirror.value.LiveType;
import dev.dynamirror.value.MixedType;
import dev.dynamirror.value.NdArrayType;
import dev.dynamirror.value.OptionalType;
import dev.dynamirror.value.Pointer;
import dev.dynamirror.value.ScalarType;
import dev.dynamirror.value.Schema;
import dev.dynamirror.value.Tuple;
import java.io.IOException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RawType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.StructuredType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds docs/types.md against what there is: its tables row by row, and its examples by running them. */
@WithLocalDynamoDb
class TypesDocTest {

    private static final Path PAGE = Path.of("..", "docs", "types.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern OF_CLASS = Pattern.compile("(RAW|STRUCTURED) of `(\\w+)`");

    private final LocalDynamoDb database;
    private final Live live = Live.create(Embedded.environment(1));

    @TempDir
    private Path folder;

    TypesDocTest(LocalDynamoDb database) {
        this.database = database;
    }

    @Test
    void noTypeIsMissing() throws IOException {
        List<LiveType> types = types().map(TypeRow::type).toList();

        assertThat(types).contains(ScalarType.values()).contains(NdArrayType.values());
        assertThat(types.stream().<Class<?>>map(LiveType::getClass))
                .containsAll(Arrays.stream(LiveType.class.getPermittedSubclasses())
                        .filter(kind -> kind != OptionalType.class && kind != MixedType.class)
                        .toList());
        assertThat(examples().map(Example::type).filter(type -> !type.isOptional()))
                .isEqualTo(types);
        assertThat(examples().map(Example::type)).anyMatch(LiveType::isOptional);
        assertThat(table("Type", "Class").map(cells -> LiveType.parse(code(cells.get(0)))))
                .isEqualTo(types);
    }

    @Test
    void theFirstFlinkTypeIsTheOneThatReadingGives() throws IOException {
        assertThat(types()).allSatisfy(row -> {
            LogicalType read = LiveTypes.dataType(row.type()).getLogicalType();
            String documented = row.flinkTypes().get(0);
            if (read.is(LogicalTypeRoot.RAW) || read.is(LogicalTypeRoot.STRUCTURED_TYPE)) {
                assertThat(describedByClass(read)).isEqualTo(documented);
            } else {
                assertThat(read).as(row.text()).isEqualTo(parsed(documented).copy(false));
            }
        });
    }

    @Test
    void theFlinkTypesAreOfTheLiveType() throws IOException {
        assertThat(types())
                .allSatisfy(row -> assertThat(row.flinkTypes())
                        .filteredOn(text -> !OF_CLASS.matcher(text).matches())
                        .allSatisfy(text -> assertThat(LiveTypes.of(parsed(text)))
                                .as(row.text())
                                .hasValue(row.type())));
    }

    @Test
    void otherFlinkTypesAreOfTheLiveTypeIfItIsGiven() throws IOException {
        assertThat(types())
                .allSatisfy(row -> assertThat(row.flinkTypesIfGiven()).allSatisfy(text -> {
                    LogicalType flink = parsed(text).copy(false);
                    Schema given = new Schema(List.of(new Column("v", row.type())));
                    assertThat(LiveTypes.of(flink)).as(row.text()).isNotEqualTo(row.type());
                    assertThat(LiveTypes.schema(
                                    "m", RowType.of(new LogicalType[] {flink}, new String[] {"v"}), List.of(), given))
                            .isEqualTo(given);
                }));
    }

    @Test
    void keysAreOfTheTypesThatCanBeKeys() throws IOException {
        assertThat(types())
                .allSatisfy(
                        row -> assertThat(KeyType.of(row.type()).map(Enum::name).orElse("no"))
                                .as(row.text())
                                .isEqualTo(row.key().equals("yes") ? row.dynamoDb() : "no"));
    }

    @Test
    void theExamplesOfJavaAreStoredAndReadAsTheTableSays(@TableName String table) throws Exception {
        List<@Nullable Object> values = javaValues();
        Schema schema = schemaOfExamples();

        mirror(live.tableFromRows(schema, Row.of(withId(values))), table, null);

        assertStored(table);
        assertJavaClasses(values);
        try (TableReader reader = TableReader.open(settings(table).schema(schema))) {
            Map<String, @Nullable Object> row = reader.get(Map.of("id", 1)).orElseThrow();
            for (int i = 0; i < values.size(); i++) {
                // Tuples compare arrays by their elements.
                assertThat(Tuple.of(row.get("c" + i)))
                        .as(schema.columns().get(i + 1).toString())
                        .isEqualTo(Tuple.of(values.get(i)));
            }
        }
        assertCollected(collected(live.read(settings(table).schema(schema))), values);
    }

    @Test
    void theExamplesOfSqlAreStoredAsTheTableSays(@TableName String table) throws Exception {
        List<Example> examples = examples().toList();
        String columns = IntStream.range(0, examples.size())
                .mapToObj(i -> examples.get(i).sql() + " AS c" + i)
                .collect(Collectors.joining(", "));

        mirror(live.tableEnvironment().sqlQuery("SELECT 1 AS id, " + columns), table, typesThatFlinkDoesNotTell());

        assertStored(table);
    }

    @Test
    void theExamplesOfJsonLinesAreStoredAsTheTableSays(@TableName String table) throws Exception {
        List<Example> examples = examples().toList();
        String fields = IntStream.range(0, examples.size())
                .mapToObj(i -> "\"c" + i + "\":" + examples.get(i).jsonLines())
                .collect(Collectors.joining(","));
        Path file = Files.writeString(folder.resolve("types.jsonl"), "{\"id\":1," + fields + "}\n");

        mirror(live.tableFromFile(FileInput.of(file, FileFormat.JSONL).schema(schemaOfExamples())), table, null);

        assertStored(table);
    }

    @Test
    void cellsTakeTheSameTextsWithoutTheQuotesOfStrings(@TableName String table) throws Exception {
        List<Example> examples = examples().toList();
        String names =
                IntStream.range(0, examples.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String cells = examples.stream().map(TypesDocTest::cell).collect(Collectors.joining(","));
        Path file = Files.writeString(folder.resolve("types.csv"), "id," + names + "\n1," + cells + "\n");

        mirror(live.tableFromFile(FileInput.of(file, FileFormat.CSV).schema(schemaOfExamples())), table, null);

        assertStored(table);
    }

    @Test
    void variantsChangeAsTheTableSays(@TableName String table) throws Exception {
        List<List<String>> rows = table("`PARSE_JSON` of", "is stored as").toList();
        String columns = IntStream.range(0, rows.size())
                .mapToObj(i -> "PARSE_JSON('" + code(rows.get(i).get(0)) + "') AS c" + i)
                .collect(Collectors.joining(", "));

        mirror(live.tableEnvironment().sqlQuery("SELECT 1 AS id, " + columns), table, null);

        Schema schema = schema(rows.stream().map(row -> "json").toList());
        try (TableReader reader = TableReader.open(settings(table).schema(schema))) {
            Map<String, @Nullable Object> row = reader.get(Map.of("id", 1)).orElseThrow();
            assertThat(IntStream.range(0, rows.size()).mapToObj(i -> String.valueOf(row.get("c" + i))))
                    .isEqualTo(rows.stream().map(cells -> code(cells.get(1))).toList());
        }
    }

    @Test
    void pointersAreThoseOfTheTable() throws IOException {
        assertThat(table("`Pointer.of`", "is").toList()).hasSizeGreaterThan(1).allSatisfy(cells -> {
            Object[] values = cells.get(0).isEmpty() ? new Object[0] : new Object[] {Long.valueOf(code(cells.get(0)))};
            assertThat(Pointer.of(values)).hasToString(code(cells.get(1)));
        });
    }

    @Test
    void theSchemaOfThePageIsOne() throws IOException {
        String text = String.join("\n", printedBehind("(`'column.NAME.type'`)."));

        assertThat(Schema.parse(text)).hasToString(text);
    }

    @Test
    void exampleInJava() throws Exception {
        String printed = Examples.runMain(database, folder, PAGE, "TypesExample");

        assertThat(Items.of(database, "visits"))
                .containsExactlyInAnyOrder(
                        "{\"id\":{\"S\":\"^YYY4HABTRW7T8VX2Q429ZYV70W\"},\"details\":{\"S\":\"{\\\"b\\\":1,\\\"a\\\":null}\"}"
                                + ",\"lasted\":{\"N\":\"1\"},\"pixels\":{\"M\":{\"elements\":{\"L\":[{\"N\":\"1\"},{\"N\":\"2\"},"
                                + "{\"N\":\"3\"},{\"N\":\"4\"}]},\"shape\":{\"L\":[{\"N\":\"2\"},{\"N\":\"2\"}]}}}"
                                + ",\"place\":{\"L\":[{\"N\":\"52.5\"},{\"N\":\"13.4\"}]},\"price\":{\"N\":\"9.9\"}"
                                + ",\"tags\":{\"L\":[{\"S\":\"new\"},{\"S\":\"red\"}]}}",
                        "{\"id\":{\"S\":\"" + Pointer.of(2) + "\"},\"details\":{\"S\":\"null\"}"
                                + ",\"lasted\":{\"N\":\"-432000000000000\"}"
                                + ",\"pixels\":{\"M\":{\"elements\":{\"L\":[]},\"shape\":{\"L\":[{\"N\":\"0\"}]}}}"
                                + ",\"place\":{\"NULL\":true},\"price\":{\"N\":\"1\"},\"tags\":{\"L\":[]}}");
        assertThat(printed.lines()).containsAll(printedBehind("It prints, in no order:"));
    }

    @Test
    void exampleWithoutFlink() throws Exception {
        String printed = Examples.runMain(database, folder, PAGE, "ObjectExample");

        assertThat(printed.lines()).containsSubsequence(printedBehind("It prints:"));
    }

    @Test
    void exampleInSql(@TableName String table) throws Exception {
        runHere("SQL", table, "visits");

        String attributes = ",\"details\":{\"S\":\"{\\\"b\\\":1,\\\"a\\\":null}\"}"
                + ",\"friends\":{\"L\":[{\"S\":\"^Z5QKEQCDK9ZZ6TSYV0PM0G92JC\"}]},\"lasted\":{\"N\":\"1\"}"
                + ",\"place\":{\"M\":{\"latitude\":{\"N\":\"52.5\"},\"longitude\":{\"N\":\"13.4\"}}},\"price\":{\"N\":\"9.9\"}"
                + ",\"seen\":{\"S\":\"1970-01-01T00:00:00.000000000+0000\"},\"tags\":{\"L\":[{\"S\":\"new\"},{\"S\":\"red\"}]}}";
        assertThat(Items.of(database, table))
                .containsExactlyInAnyOrder(
                        "{\"id\":{\"S\":\"" + Pointer.of("a") + "\"}" + attributes,
                        "{\"id\":{\"S\":\"" + Pointer.of("b") + "\"}" + attributes);
        String query = Examples.block(PAGE, "query", "sql");
        assertThat(collected(live.tableEnvironment().sqlQuery(query))).isEqualTo(Row.of(new BigDecimal("9.90")));
        assertThat(live.tableEnvironment().explainSql(query))
                .contains(Examples.block(PAGE, "plan of the query", "").strip());
    }

    @Test
    void exampleOfBadRows(@TableName String table) throws Exception {
        runHere("bad rows", table, "readings");

        assertThat(Items.of(database, table)).containsExactly("{\"id\":{\"S\":\"a\"},\"reading\":{\"S\":\"NaN\"}}");
        try (Stream<Path> files = Files.walk(folder.resolve("bad-rows"))) {
            List<String> lines = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
            assertThat(lines).singleElement().asString().contains("the partition key is empty");
        }
    }

    /** Runs the statements of a block in this JVM, with that table, and with files in this test's folder. */
    private void runHere(String block, String table, String tableInBlock) throws Exception {
        String connection = "'connector' = 'dynamirror', 'endpoint' = '%s', 'region' = '%s'"
                .formatted(database.endpoint(), Embedded.REGION);
        String statements = Examples.block(PAGE, block, "sql")
                .replace("'connector' = 'dynamirror'", connection)
                .replace("'table-name' = '" + tableInBlock + "'", "'table-name' = '" + table + "'")
                .replace("file:///tmp/", folder.toUri().toString());
        for (String statement : statements.split(";\\s*\\n", -1)) {
            if (!statement.isBlank()) {
                live.tableEnvironment().executeSql(statement).await();
            }
        }
    }

    private void assertStored(String table) throws IOException {
        List<Example> examples = examples().toList();
        String item = Items.of(database, table).get(0);
        assertThat(IntStream.range(0, examples.size()).boxed().toList())
                .allSatisfy(i -> assertThat(item)
                        .as(examples.get(i).text())
                        .contains("\"c" + i + "\":" + examples.get(i).dynamoDb()));
        Map<LiveType, String> attributeTypes =
                types().collect(Collectors.toMap(TypeRow::type, TypeRow::dynamoDb, (one, other) -> one));
        assertThat(examples)
                .filteredOn(example -> !example.type().isOptional())
                .allSatisfy(example -> assertThat(example.dynamoDb())
                        .as(example.text())
                        .startsWith("{\"" + attributeTypes.get(example.type()) + "\":"));
    }

    private static void assertJavaClasses(List<@Nullable Object> values) throws IOException {
        List<TypeRow> types = types().toList();
        for (int i = 0; i < types.size(); i++) {
            assertThat(namesOfClass(values.get(i)))
                    .as(types.get(i).text())
                    .contains(types.get(i).java());
        }
    }

    private static void assertCollected(Row row, List<@Nullable Object> values) throws IOException {
        List<List<String>> classes = table("Type", "Class").toList();
        for (int i = 0; i < classes.size(); i++) {
            Object value = row.getField("c" + i);
            String name = code(classes.get(i).get(1));
            assertThat(namesOfClass(value)).as(classes.get(i).get(0)).contains(name);
            if (!name.equals("Row") && !name.equals("String[]")) {
                assertThat(Tuple.of(value)).isEqualTo(Tuple.of(values.get(i)));
            }
        }
    }

    /** The simple names of the value's class and of what that implements. */
    private static List<String> namesOfClass(@Nullable Object value) {
        Class<?> type = Objects.requireNonNull(value).getClass();
        List<String> names = new ArrayList<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            names.add(each.getSimpleName());
            Arrays.stream(each.getInterfaces()).map(Class::getSimpleName).forEach(names::add);
        }
        return names;
    }

    /** The values of the Java expressions, compiled as they stand in the table. */
    private List<@Nullable Object> javaValues() throws Exception {
        String values = examples().map(Example::java).collect(Collectors.joining(",\n"));
        Path source = Files.writeString(folder.resolve("Values.java"), """
                import dev.dynamirror.object.*;
                import dev.dynamirror.value.*;
                import java.math.*;
                import java.time.*;
                import java.util.*;
                public class Values {
                    public static Object[] values() {
                        return new Object[] {
                %s
                        };
                    }
                }
                """.formatted(values));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.run(
                        null,
                        null,
                        null,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.toString(),
                        source.toString()))
                .as("compiles: %s", values)
                .isZero();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, TypesDocTest.class.getClassLoader())) {
            Method method = loader.loadClass("Values").getMethod("values");
            return Arrays.asList((Object[]) method.invoke(null));
        }
    }

    private static Object[] withId(List<@Nullable Object> values) {
        return Stream.concat(Stream.of(1), values.stream()).toArray();
    }

    private static Schema schemaOfExamples() throws IOException {
        return schema(examples().map(Example::text).toList());
    }

    /** Those of the columns of examples. */
    private static Schema typesThatFlinkDoesNotTell() throws IOException {
        List<LiveType> types = types().filter(row -> !row.flinkTypesIfGiven().isEmpty())
                .map(TypeRow::type)
                .toList();
        return new Schema(schemaOfExamples().columns().stream()
                .filter(column -> types.contains(column.type()))
                .toList());
    }

    /** The key id, and c0, c1, … of these types. */
    private static Schema schema(List<String> types) {
        return Schema.parse("id int"
                + IntStream.range(0, types.size())
                        .mapToObj(i -> ", c" + i + " " + types.get(i))
                        .collect(Collectors.joining()));
    }

    private static String cell(Example example) {
        String json = example.jsonLines();
        if (json.equals("null")) {
            return "";
        }
        String text = json.startsWith("\"") ? json.substring(1, json.length() - 1) : json;
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private void mirror(Table rows, String table, @Nullable Schema given) throws InterruptedException {
        MirrorSettings.Builder settings = settings(table).partitionKey("id").initMode(InitMode.CREATE_IF_NOT_EXISTS);
        if (given != null) {
            settings.schema(given);
        }
        live.write(rows, settings);
        live.run();
    }

    private MirrorSettings.Builder settings(String table) {
        return Embedded.mirror(database, table);
    }

    @SuppressWarnings("try") // Flink's own close may be interrupted
    private static Row collected(Table table) throws Exception {
        try (CloseableIterator<Row> rows = table.execute().collect()) {
            return rows.next();
        }
    }

    /** A row of the table of all types. */
    private record TypeRow(String text, String java, String flink, String given, String dynamoDb, String key) {

        LiveType type() {
            return LiveType.parse(text);
        }

        List<String> flinkTypes() {
            return typeTexts(flink);
        }

        List<String> flinkTypesIfGiven() {
            return typeTexts(given);
        }

        private static List<String> typeTexts(String cell) {
            return Pattern.compile(OF_CLASS + "|" + CODE)
                    .matcher(cell)
                    .results()
                    .map(found -> found.group().startsWith("`") ? code(found.group()) : found.group())
                    .toList();
        }
    }

    private static Stream<TypeRow> types() throws IOException {
        return table("Type", "Java", "Flink", "Flink, if the type is given", "DynamoDB", "Key")
                .map(cells -> new TypeRow(
                        code(cells.get(0)),
                        code(cells.get(1)),
                        cells.get(2),
                        cells.get(3),
                        cells.get(4),
                        cells.get(5)));
    }

    /** A row of the table of examples. */
    private record Example(String text, String java, String sql, String jsonLines, String dynamoDb) {

        LiveType type() {
            return LiveType.parse(text);
        }
    }

    private static Stream<Example> examples() throws IOException {
        return table("Type", "Java", "SQL", "JSON Lines", "DynamoDB")
                .map(cells -> cells.stream().map(TypesDocTest::code).toList())
                .map(cells -> new Example(cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4)));
    }

    /** The cells of the rows of the page's table with that header. */
    private static Stream<List<String>> table(String... header) throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        int start = lines.indexOf("| " + String.join(" | ", header) + " |");
        assertThat(start)
                .as("the table with the header %s", Arrays.toString(header))
                .isNotNegative();
        return lines.stream()
                .skip(start + 2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(
                                line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                        .map(String::strip)
                        .toList());
    }

    /** The lines of the block behind that text. */
    private static List<String> printedBehind(String text) throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf("\n```\n", page.indexOf(text)) + 5;
        return page.substring(start, page.indexOf("\n```", start)).lines().toList();
    }

    /** The first text of a cell that stands as code. */
    private static String code(String cell) {
        return CODE.matcher(cell)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElse("");
    }

    private static String describedByClass(LogicalType type) {
        return type instanceof RawType<?> raw
                ? "RAW of `" + raw.getOriginatingClass().getSimpleName() + "`"
                : "STRUCTURED of `"
                        + ((StructuredType) type)
                                .getImplementationClass()
                                .orElseThrow()
                                .getSimpleName() + "`";
    }

    private static LogicalType parsed(String text) {
        return LogicalTypeParser.parse(text.replaceAll("(EXPR\\$\\d)", "`$1`"), TypesDocTest.class.getClassLoader());
    }
}
