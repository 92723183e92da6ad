package dev.dynamirror.flink.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.Embedded;
import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet files as live tables; DuckDB wrote those beside the tests. */
final class ParquetInputTest {

    @TempDir
    private Path folder;

    @Test
    void theFilesOfADirectoryAreReadInTheirOrder() throws Exception {
        FileInput fruit = parquet("fruit");

        assertThat(fruit.schema()).hasToString("id int, item str?, price decimal(10, 2)");
        assertThat(fruit.insertOnly()).isTrue();
        assertThat(fruit.changes(Embedded.environment(2)).executeAndCollect(100))
                .extracting(Row::toString)
                .containsExactly("+I[1, apple, 1.25]", "+I[2, pear, 0.99]", "+I[3, plum, 0.50]", "+I[4, null, 2.00]");
    }

    @Test
    void onlyKeysOfFollowedFilesAreNotOptionalAsOtherFilesWillCome() {
        FileInput fruit = parquet("fruit/1.parquet").primaryKey(List.of("id"));

        assertThat(fruit.schema()).hasToString("id int, item str, price decimal(10, 2)");
        assertThat(fruit.followed().schema()).hasToString("id int, item str?, price decimal(10, 2)?");
    }

    @Test
    void aSchemaChoosesColumnsAndOtherTypes() throws IOException {
        assertThat(rows("fruit/1.parquet", "price float, id decimal(5, 1), colour str?"))
                .containsExactly(Row.of(1.25, new BigDecimal("1.0"), null), Row.of(0.99, new BigDecimal("2.0"), null));
    }

    @Test
    void whatDoesNotFitItsTypeIsSaidWithItsPlace() {
        assertThatThrownBy(() -> rows("fruit/1.parquet", "id str"))
                .isInstanceOf(MirrorException.class)
                .hasMessage("fruit/1.parquet, row 1, column \"id\": expected a str, but found the number 1");
        assertThatThrownBy(() -> rows("fruit/2.parquet", "item str"))
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        "fruit/2.parquet, row 2, column \"item\": expected a str, but the value is absent, which only the"
                                + " type \"str?\" allows");
    }

    @Test
    void aColumnThatIsNotThereIsFoundBeforeAnythingRuns() {
        FileInput fruit = parquet("fruit/1.parquet").schema("id int, colour str");

        assertThatThrownBy(fruit::schema)
                .isInstanceOf(MirrorException.class)
                .hasMessage(resource("fruit/1.parquet")
                        + ": there is no column \"colour\" of the schema; there are id, item, price");
    }

    @Test
    void filesOfOtherColumnsAreRefused() {
        List<String> files = List.of(
                resource("fruit/1.parquet").toString(),
                resource("names.parquet").toString());

        assertThatThrownBy(() -> FileInput.of(files, FileFormat.PARQUET).schema())
                .isInstanceOf(MirrorException.class)
                .hasMessage(files.get(1) + ": the columns are id int, name str, but those of " + files.get(0)
                        + " are id int, item str, price decimal(10, 2); a schema can say which are meant");
        assertThat(FileInput.of(files, FileFormat.PARQUET)
                        .schema("id int, name str?")
                        .schema())
                .hasToString("id int, name str?");
    }

    @Test
    void aLaterFileWithAnotherColumnIsAnErrorAsDataWouldBeLost() {
        RowReading reading = new RowReading(FileFormat.PARQUET, Schema.parse("id int"), SchemaOrigin.FOOTERS, null);

        assertThatThrownBy(() -> reading.open(file("names.parquet")))
                .isInstanceOf(MirrorException.class)
                .hasMessage(
                        "names.parquet: the column \"name\" is none of the columns (id); the columns are those of the first"
                                + " files, and a schema (--schema) can say otherwise");
    }

    @Test
    void aColumnSaysWhatHappens() throws IOException {
        FileInput changes = parquet("changes.parquet").changeColumn("op").primaryKey(List.of("id"));

        assertThat(changes.schema()).hasToString("id int, item str?");
        assertThat(changes.upsertKey()).containsExactly("id");
    }

    @Test
    void pathwaysChangesHaveATimeThatIsNoColumn() throws IOException {
        FileInput changes = parquet("pathway.parquet").changeColumn("diff");

        assertThat(changes.schema()).hasToString("id int, item str");
        ChangeColumn diff = new ChangeColumn("diff", ChangeColumn.Meaning.DIFF);
        assertThat(all(new RowReading(FileFormat.PARQUET, changes.schema(), SchemaOrigin.FOOTERS, diff)
                        .open(file("pathway.parquet"))))
                .extracting(Row::toString)
                .containsExactly("+I[1, apple]", "-D[1, apple]", "+I[1, quince]");
    }

    @Test
    void whatIsNoParquetFileIsSaidToBe() throws IOException {
        Path text = Files.writeString(folder.resolve("text.parquet"), "id,item\n1,apple\n");

        assertThatThrownBy(() -> FileInput.of(text, FileFormat.PARQUET).schema())
                .isInstanceOf(MirrorException.class)
                .hasMessage(text
                        + ": it can't be read as a Parquet file: it is not a Parquet file. Expected magic number at"
                        + " tail, but found [112, 108, 101, 10]");
    }

    private static List<Row> rows(String name, String schema) throws IOException {
        return all(new RowReading(FileFormat.PARQUET, Schema.parse(schema), SchemaOrigin.GIVEN, null).open(file(name)));
    }

    private static List<Row> all(RowReader reader) throws IOException {
        try (reader) {
            List<Row> rows = new ArrayList<>();
            for (Row row = reader.read(); row != null; row = reader.read()) {
                rows.add(row);
            }
            return rows;
        }
    }

    private static FileInput parquet(String name) {
        return FileInput.of(resource(name), FileFormat.PARQUET);
    }

    private static InputFile file(String name) {
        return new InputFile(new org.apache.flink.core.fs.Path(resource(name).toUri()), name);
    }

    static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(ParquetInputTest.class.getResource(name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
