package dev.dynamirror.flink.input;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonParseException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonToken;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.dataformat.csv.CsvFactory;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.dataformat.csv.CsvParser;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.dataformat.csv.CsvSchema;
import org.jspecify.annotations.Nullable;

/**
 * The records of a CSV file, read one after another, all with as many cells as the header has names.
 *
 * <p>Blank lines are skipped. Jackson 2.20 can't tell an absent cell from an empty one by itself: its {@code
 * EMPTY_UNQUOTED_STRING_AS_NULL} takes an empty cell at the end of a line for a quoted one if the cell before it was
 * quoted. Whether there were quotes is seen from the parser's position instead, which needs a line's end after the last
 * cell: so one is added to the file. Its {@code SKIP_EMPTY_LINES} stays off since it eats the spaces at a line's start.
 */
final class CsvRecords implements Closeable {

    private static final CsvFactory FACTORY =
            CsvFactory.builder().enable(CsvParser.Feature.WRAP_AS_ARRAY).build();

    private final Place file;
    private final CsvParser parser;
    private final List<String> header;

    /** Opens the records and reads the header. */
    CsvRecords(Place file, InputStream bytes) throws IOException {
        this.file = file;
        InputStream lines = new SequenceInputStream(bytes, new ByteArrayInputStream(new byte[] {'\n'}));
        parser = FACTORY.createParser(Utf8.reader(lines));
        parser.setSchema(CsvSchema.emptySchema());
        header = readHeader();
    }

    /** The names of the columns. */
    List<String> header() {
        return header;
    }

    /** The next record, or null at the end. */
    @Nullable
    CsvRecord next() throws IOException {
        CsvRecord row = nextLine();
        if (row != null && row.cells().size() != header.size()) {
            throw file.line(row.line())
                    .error(CellCount.problem(header, row.cells().size()));
        }
        return row;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    private List<String> readHeader() throws IOException {
        advance(); // into the array of all records
        CsvRecord first = nextLine();
        if (first == null) {
            throw file.error("the file is empty, but a CSV file begins with a line of column names");
        }
        Place place = file.line(first.line());
        List<String> names = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (String cell : first.cells()) {
            String name = cell == null ? "" : cell.strip();
            names.add(name);
            if (name.isEmpty()) {
                throw place.error("column " + names.size() + " has no name");
            }
            if (!known.add(name)) {
                throw place.error("two columns are named \"" + name + "\"");
            }
        }
        return List.copyOf(names);
    }

    /** The next line that is not blank, with any number of cells. */
    private @Nullable CsvRecord nextLine() throws IOException {
        while (advance() == JsonToken.START_ARRAY) {
            List<@Nullable String> cells = new ArrayList<>();
            long line = 0;
            while (advance() != JsonToken.END_ARRAY) {
                if (cells.isEmpty()) {
                    line = parser.currentTokenLocation().getLineNr();
                }
                cells.add(cell());
            }
            if (cells.size() > 1 || cells.stream().anyMatch(Objects::nonNull)) {
                return new CsvRecord(line, cells);
            }
        }
        return null;
    }

    private @Nullable String cell() throws IOException {
        String text = parser.getText();
        if (!text.isEmpty()) {
            return text;
        }
        boolean quoted = parser.currentLocation().getCharOffset()
                > parser.currentTokenLocation().getCharOffset();
        return quoted ? text : null;
    }

    private @Nullable JsonToken advance() throws IOException {
        try {
            return parser.nextToken();
        } catch (CharacterCodingException e) {
            throw file.lineOrLater(parser.currentLocation().getLineNr()).error("the file is not UTF-8 text", e);
        } catch (JsonParseException e) {
            throw malformed(e);
        }
    }

    private RuntimeException malformed(JsonParseException e) {
        String problem = e.getOriginalMessage();
        if (problem.startsWith("Missing closing quote")) {
            return file.line(parser.currentTokenLocation().getLineNr())
                    .error("a quoted cell begins here, but its closing quote is missing", e);
        }
        return file.line(e.getLocation().getLineNr()).error("not valid CSV: " + problem, e);
    }
}
