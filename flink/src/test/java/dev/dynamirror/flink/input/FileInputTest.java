package dev.dynamirror.flink.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of files and their schemas, without running anything. */
class FileInputTest {

    @TempDir
    Path folder;

    @Test
    void typesOfCsvAreInferred() throws Exception {
        assertThat(csv("""
                        i,f,b,s,zip,text,emptied,absent,code
                        1,1.5,true,x,00501,1,"1",,""
                        -2,2, False,1x,10001,true,"",,""
                        """).schema())
                .hasToString("i int, f float, b bool, s str, zip str, text str, emptied int?, absent str?, code str");
    }

    @Test
    void aColumnOfCsvIsOptionalIfACellIsAbsent() throws Exception {
        assertThat(csv("a,b,c\n1,,\"\"\n,x,x\n").schema()).hasToString("a int?, b str?, c str");
    }

    @Test
    void aCsvFileWithoutRowsHasColumnsOfStr() throws Exception {
        assertThat(csv("a,b").schema()).hasToString("a str, b str");
    }

    @Test
    void typesOfJsonLinesAreInferred() throws Exception {
        assertThat(jsonl("""
                        {"i": 1, "f": 1, "b": true, "s": "1", "late": null, "never": null}
                        {"i": -2, "f": 1.5, "b": false, "s": "", "new": 1, "late": 7, "never": null}
                        """).schema()).hasToString("i int, f float, b bool, s str, late int?, never str?, new int?");
        assertThat(jsonl("{\"n\": 99999999999999999999}\n{\"n\": 1.5}").schema())
                .hasToString("n float");
    }

    @Test
    void nestedValuesOfJsonLinesAreDocumentsAndLists() throws Exception {
        assertThat(jsonl("""
                        {"l": [1, 2.5], "o": {"x": 1, "y": {"z": ["a"]}}, "late": [], "none": {}, "rows": []}
                        {"l": [], "o": {"x": 2, "w": null}, "late": [true, null], "none": {}, "rows": [{"n": 1}, {}]}
                        {"l": [1], "o": null, "late": [], "none": {}, "rows": [{"n": 2, "m": "a"}]}
                        """).schema())
                .hasToString("l list<float>, o row<x int, y row<z list<str>>?, w str?>?, late list<bool?>,"
                        + " none map<str>, rows list<row<n int?, m str?>>");
        assertThat(jsonl("{\"empty\": []}").schema()).hasToString("empty list<str>");
    }

    @Test
    void mixedTypesOfJsonLinesNeedASchema() throws Exception {
        assertProblem(
                jsonl("{\"a\": 1}\n{\"a\": 2}\n{\"a\": \"x\"}\n{\"a\": true}"),
                "rows.jsonl, column \"a\": found an int in line 1, a str in line 3, a bool in line 4; a schema must say"
                        + " which type the column has, and json takes any value");
        assertProblem(
                jsonl("{\"a\": 1}\n{\"a\": 99999999999999999999}"),
                "rows.jsonl, column \"a\": found an int in line 1, an int beyond 64 bits in line 2; a schema must say"
                        + " which type the column has, and json takes any value");
        assertProblem(
                jsonl("{\"a\": 1}\n{\"a\": [1]}"),
                "rows.jsonl, column \"a\": found an int in line 1, an array in line 2; a schema must say which type"
                        + " the column has, and json takes any value");
        assertProblem(
                jsonl("{\"a\": {\"b\": [{\"c\": 1}]}}\n{\"a\": {\"b\": [{\"c\": {}}]}}"),
                "rows.jsonl, column \"a\": at .b[].c: found an int in line 1, an object in line 2; a schema must say"
                        + " which type the column has, and json takes any value");
        assertProblem(
                jsonl("{\"a\": {\"\": 1}}"),
                "rows.jsonl, column \"a\": the object has a field without a name; a schema must say which type the"
                        + " column has, like json");
        assertProblem(
                jsonl("{\"a\": " + "[".repeat(500) + "]".repeat(500) + "}"),
                "rows.jsonl, line 1, column \"a\": the value nests more than 100 arrays and objects; a schema must say"
                        + " which type the column has, like json");
        assertProblem(
                jsonl("{\"a\": " + "[".repeat(3000) + "]".repeat(3000) + "}"),
                "rows.jsonl, line 1: not valid JSON: Document nesting depth (1001) exceeds the maximum allowed (1000,"
                        + " from `StreamReadConstraints.getMaxNestingDepth()`)");
        assertProblem(
                jsonl("{\"a\": {\"b\": 1, \"b\": 2}}"),
                "rows.jsonl, line 1, column \"a\": the object has two fields named \"b\"");
        assertProblem(
                jsonl("{\"a\": 1}\n{\"\": 1}"), "rows.jsonl, line 2: a field has no name; a schema can leave it out");
        assertProblem(
                jsonl("\n{}\n"),
                "rows.jsonl: there is no row whose fields could tell the columns; a schema must say which there are");
    }

    @Test
    void aGivenSchemaIsTheSchema() throws Exception {
        Schema schema = Schema.parse("b str, a float?");

        assertThat(csv("a,b,c\n1,2,3").schema(schema).schema()).isEqualTo(schema);
        assertThat(jsonl("").schema("a int").schema()).hasToString("a int");
    }

    @Test
    void aGivenSchemaNeedsItsColumnsInTheHeader() throws Exception {
        assertProblem(
                csv("key,valu\n1,2").schema("key int, value str?, age int"),
                "rows.csv: the header has no \"value\", \"age\" of the schema; it has key, valu");
    }

    @Test
    void theFileMustBeThere() throws Exception {
        assertThatThrownBy(() ->
                        FileInput.of(Path.of("no", "such.csv"), FileFormat.CSV).schema())
                .isInstanceOf(MirrorException.class)
                .hasMessage("no/such.csv: there is no such file");
        assertThatThrownBy(() -> FileInput.of(Path.of("no", "such.jsonl"), FileFormat.JSONL)
                        .schema("a int")
                        .schema())
                .isInstanceOf(MirrorException.class)
                .hasMessage("no/such.jsonl: there is no such file");
        assertThatThrownBy(() -> FileInput.of(folder, FileFormat.MARKDOWN).insertOnly())
                .isInstanceOf(MirrorException.class)
                .hasMessage(folder + ": there is no file of the format markdown");
    }

    @Test
    void aCompressedFileIsUnpacked() throws Exception {
        Path path = folder.resolve("rows.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write("a,b\n1,x\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(FileInput.of(path, FileFormat.CSV).schema()).hasToString("a int, b str");
    }

    // Markdown

    @Test
    void aMarkdownFileIsATable() throws Exception {
        FileInput file = markdown("key | value\n1 | Hello, you\n");

        assertThat(file.schema()).hasToString("key int, value str");
        assertThat(file.insertOnly()).isTrue();
        assertThat(markdown("a __diff__\n1 1\n1 1\n").insertOnly()).isTrue();
        assertThat(markdown("a | __time__ | __diff__\n1 | 2 | 1\n1 | 4 | -1\n").insertOnly())
                .isFalse();
    }

    @Test
    void aMarkdownFileWithoutPipesIsSplitOnWhiteSpace() throws Exception {
        assertThat(markdown("key value\n--- -----\n1   Hello\n").schema()).hasToString("key int, value str");
    }

    @Test
    void theTableOfADocumentIsFoundBetweenItsProse() throws Exception {
        FileInput file = markdown("""
                # Greetings

                Type `a | b` to see all.

                | key | value        |
                |-----|--------------|
                | 1   | Hello, world |

                | 2   | Hi           |

                | other | table |
                |-------|-------|
                | x     | y     |

                The end: `a | b | c`.
                """);

        assertThat(file.schema()).hasToString("key int, value str");
    }

    @Test
    void aTableWithoutDashesEndsBeforeProse() throws Exception {
        assertThat(markdown("Some words.\n\nkey | value\n1 | a b\nThe end.\n3 | 4 | 5\n")
                        .schema())
                .hasToString("key int, value str");
    }

    @Test
    void anErrorOfAMarkdownFileNamesTheLineOfTheFile() throws Exception {
        assertProblem(
                markdown("# Title\n\nkey | value\n1 | a\nx | b\n").schema("key int, value str"),
                "rows.md, line 5, column \"key\": expected an int, but found \"x\"");
        assertProblem(
                markdown("# Title\n\nkey | value\n1 | a | b\n"),
                "rows.md, line 4: expected 2 cells (key, value), but found 3");
        assertProblem(markdown(""), "rows.md: there is no table, which would begin with a line of column names");
    }

    @Test
    void aMarkdownFileMustBeUtf8() throws Exception {
        Path path = folder.resolve("rows.md");
        Files.write(path, "a\nü".getBytes(StandardCharsets.ISO_8859_1));

        assertProblem(FileInput.of(path, FileFormat.MARKDOWN), "rows.md: the file is not UTF-8 text");
    }

    @Test
    void idIsAColumnOfAMarkdownFileLikeAnyOther() throws Exception {
        assertThat(markdown("| id | name |\n|----|------|\n| 1 | a |\n| 1 | b |\n")
                        .schema())
                .hasToString("id int, name str");
    }

    private FileInput csv(String text) throws IOException {
        return file("rows.csv", text, FileFormat.CSV);
    }

    private FileInput jsonl(String text) throws IOException {
        return file("rows.jsonl", text, FileFormat.JSONL);
    }

    private FileInput markdown(String text) throws IOException {
        return file("rows.md", text, FileFormat.MARKDOWN);
    }

    private FileInput file(String name, String text, FileFormat format) throws IOException {
        return FileInput.of(Files.writeString(folder.resolve(name), text), format);
    }

    /** Compares the message without the folder that differs from run to run. */
    private void assertProblem(FileInput file, String message) {
        assertThatThrownBy(file::schema)
                .isInstanceOfSatisfying(
                        MirrorException.class,
                        e -> assertThat(String.valueOf(e.getMessage()).replace(folder + "/", ""))
                                .isEqualTo(message));
    }
}
