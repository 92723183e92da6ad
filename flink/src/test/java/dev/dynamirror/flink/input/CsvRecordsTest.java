package dev.dynamirror.flink.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CsvRecordsTest {

    @Test
    void cellsAreSeparatedByCommas() throws Exception {
        assertThat(read("a,b\n1,x\n2,y\n")).containsExactly(record(2, "1", "x"), record(3, "2", "y"));
        assertThat(read("a,b\n1,x")).containsExactly(record(2, "1", "x"));
    }

    @Test
    void linesEndInAnyWay() throws Exception {
        assertThat(read("a,b\r\n1,x\r\n2,y\r\n")).containsExactly(record(2, "1", "x"), record(3, "2", "y"));
        assertThat(read("a,b\r1,x\r2,y\r")).containsExactly(record(2, "1", "x"), record(3, "2", "y"));
    }

    @Test
    void quotedCellsHoldCommasQuotesAndLines() throws Exception {
        assertThat(read("a,b\r\n\"1,5\",\"say \"\"hi\"\"\"\r\n\"x\r\ny\",\"\nz\"\r\n3,4\r\n"))
                .containsExactly(record(2, "1,5", "say \"hi\""), record(3, "x\r\ny", "\nz"), record(6, "3", "4"));
    }

    @Test
    void anEmptyCellIsAbsentUnlessItIsQuoted() throws Exception {
        assertThat(read("a,b\n,\"\"\n\"\",\n\"x\",\n,x\n\"\",\"\""))
                .containsExactly(
                        record(2, null, ""),
                        record(3, "", null),
                        record(4, "x", null),
                        record(5, null, "x"),
                        record(6, "", ""));
    }

    @Test
    void spacesBelongToTheCellButNotToTheName() throws Exception {
        CsvRecords records = records(" a , b\n 1 , x \n  , \"y\"\n");

        assertThat(records.header()).containsExactly("a", "b");
        assertThat(records.next()).isEqualTo(record(2, " 1 ", " x "));
        assertThat(records.next()).isEqualTo(record(3, "  ", " \"y\""));
    }

    @Test
    void blankLinesAreSkipped() throws Exception {
        assertThat(read("\n\na,b\n\n1,x\n\n\n")).containsExactly(record(5, "1", "x"));
        assertThat(read("a\r\n\"\"\r\n\r\n\"\"\r\n\r\n")).containsExactly(record(2, ""), record(4, ""));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName() throws Exception {
        assertThat(records("\uFEFF\"a\",b\n").header()).containsExactly("a", "b");
        assertThat(records("\uFEFFa").header()).containsExactly("a");
        assertThat(records("a").header()).containsExactly("a");
    }

    @Test
    void hashesAndBackslashesAreOrdinary() throws Exception {
        assertThat(read("a,b\n#1,\"x\\\"\n")).containsExactly(record(2, "#1", "x\\"));
    }

    @Test
    void aRowNeedsAsManyCellsAsTheHeader() {
        assertError("key,value\n1,a\n2,b,c\n", "people.csv, line 3: expected 2 cells (key, value), but found 3");
        assertError("key,value\n1,a\n2,b,\n", "people.csv, line 3: expected 2 cells (key, value), but found 3");
        assertError("key,value\n\"1\n\",a\n2\n", "people.csv, line 4: expected 2 cells (key, value), but found 1");
        assertError("key\n1,2\n", "people.csv, line 2: expected 1 cell (key), but found 2");
        assertError(
                "a,b,c,d,e,f,g,h,i,j,k,l\n1\n",
                "people.csv, line 2: expected 12 cells (a, b, c, d, e, f, g, h, i, j, …), but found 1");
    }

    @Test
    void namesAreUniqueAndThere() {
        assertError("", "people.csv: the file is empty, but a CSV file begins with a line of column names");
        assertError("\n\r\n", "people.csv: the file is empty, but a CSV file begins with a line of column names");
        assertError("a,,b\n", "people.csv, line 1: column 2 has no name");
        assertError(",a\n", "people.csv, line 1: column 1 has no name");
        assertError("a,b, a\n", "people.csv, line 1: two columns are named \"a\"");
    }

    @Test
    void quotesMustBeRight() {
        assertError(
                "a,b\n1,\"x\"y\n",
                "people.csv, line 2: not valid CSV: Unexpected character ('y' (code 121)): Expected column separator"
                        + " character (',' (code 44)) or end-of-line");
        assertError(
                "a,b\n1,x\n2,\"y\n3,z\n",
                "people.csv, line 3: a quoted cell begins here, but its closing quote is missing");
        assertError(
                "a,b\n1,x\n\"2,y\n3,z\n",
                "people.csv, line 3: a quoted cell begins here, but its closing quote is missing");
    }

    @Test
    void bytesThatAreNoUtf8AreAnError() {
        byte[] latin1 = "a\nü\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> all(new CsvRecords(Place.file("people.csv"), new ByteArrayInputStream(latin1))))
                .isInstanceOf(MirrorException.class)
                .hasMessage("people.csv, line 1 or later: the file is not UTF-8 text");
    }

    /** Found by this test: Jackson takes an unquoted empty cell at a line's end for a quoted one after a quoted cell. */
    @Test
    void whatIsWrittenIsRead() throws Exception {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int columns = 1 + random.nextInt(4);
            String lineEnd = random.nextBoolean() ? "\n" : "\r\n";
            StringBuilder text = new StringBuilder();
            List<List<@Nullable String>> rows = new ArrayList<>();
            List<Long> lines = new ArrayList<>();
            long line = 1;
            for (int i = 0; i < columns; i++) {
                text.append(i == 0 ? "" : ",").append("c").append(i);
            }
            int count = seed % 20 == 0 ? 5_000 : random.nextInt(6);
            for (int row = 0; row < count; row++) {
                text.append(lineEnd);
                line++;
                List<@Nullable String> cells = new ArrayList<>();
                lines.add(line);
                for (int i = 0; i < columns; i++) {
                    @Nullable String cell = randomCell(random, columns == 1);
                    cells.add(cell);
                    text.append(i == 0 ? "" : ",").append(written(random, cell));
                    line += cell == null
                            ? 0
                            : cell.chars().filter(c -> c == '\n').count();
                }
                rows.add(cells);
            }
            text.append(random.nextBoolean() ? lineEnd : "");

            List<CsvRecord> read = read(text.toString());

            assertThat(read.stream().map(CsvRecord::cells)).as("seed %d", seed).isEqualTo(rows);
            assertThat(read.stream().map(CsvRecord::line)).as("seed %d", seed).isEqualTo(lines);
        }
    }

    private static @Nullable String randomCell(Random random, boolean there) {
        int kind = random.nextInt(8);
        if (kind == 0 && !there) {
            return null;
        }
        String alphabet = "ab ,\"\n\r\té名\uD83D\uDE00#\\";
        int[] characters = alphabet.codePoints().toArray();
        StringBuilder cell = new StringBuilder();
        for (int i = random.nextInt(6); i > 0 && kind > 1; i--) {
            int character = characters[random.nextInt(characters.length)];
            // A lone carriage return would be a line's end of its own kind: lines are counted by "\n" here.
            cell.append(character == '\r' ? "\r\n" : Character.toString(character));
        }
        return cell.toString();
    }

    private static String written(Random random, @Nullable String cell) {
        if (cell == null) {
            return "";
        }
        boolean plain = !cell.isEmpty() && cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain && random.nextBoolean() ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    private static CsvRecord record(long line, @Nullable String... cells) {
        return new CsvRecord(line, Arrays.asList(cells));
    }

    private static List<CsvRecord> read(String text) throws IOException {
        return all(records(text));
    }

    private static CsvRecords records(String text) throws IOException {
        return new CsvRecords(
                Place.file("people.csv"), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<CsvRecord> all(CsvRecords records) throws IOException {
        List<CsvRecord> all = new ArrayList<>();
        for (CsvRecord row = records.next(); row != null; row = records.next()) {
            all.add(row);
        }
        return all;
    }

    private static void assertError(String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(MirrorException.class).hasMessage(message);
    }
}
