package dev.dynamirror.flink.input;

import dev.dynamirror.value.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The cells of a markdown table, all rows as long as the header. */
final class MarkdownTable {

    /** A line of dashes, as psql and MySQL draw it too ({@code ----+----}). */
    private static final Pattern DASHES = dashes("-{3,}");

    /** Below the header one dash is enough, as in GitHub's markdown. */
    private static final Pattern DASHES_BELOW_HEADER = dashes("-+");

    private final Place place;
    private final CellSplitter splitter;
    private final IdMeaning id;
    private final TextLine headerLine;
    private final List<TextLine> rowLines;

    /**
     * Finds the header and the rows.
     *
     * @throws dev.dynamirror.error.MirrorException if there is no header
     */
    MarkdownTable(Place place, List<TextLine> lines, CellSplitter splitter, IdMeaning id) {
        this.place = place;
        this.splitter = splitter;
        this.id = id;
        List<TextLine> content =
                lines.stream().filter(line -> !line.text().isEmpty()).toList();
        int header = 0;
        while (header < content.size() && isDashes(content.get(header))) {
            header++;
        }
        if (header == content.size()) {
            throw place.error("there is no table, which would begin with a line of column names");
        }
        headerLine = content.get(header);
        int below = header + 1;
        if (below < content.size() && isDashesBelowHeader(content.get(below))) {
            below++;
        }
        rowLines = content.subList(below, content.size()).stream()
                .filter(line -> !isDashes(line))
                .toList();
    }

    private static boolean isDashes(TextLine line) {
        return DASHES.matcher(line.text()).matches();
    }

    static boolean isDashesBelowHeader(TextLine line) {
        return DASHES_BELOW_HEADER.matcher(line.text()).matches();
    }

    /** The live rows that the table writes down. */
    LiveRows rows(Optional<Schema> schema) {
        boolean bordered = isBordered();
        List<String> names = new ArrayList<>(splitter.split(headerLine.text()));
        dropBorders(names, bordered, true);
        MarkdownHeader header = MarkdownHeader.of(place.line(headerLine.number()), names, id, schema);
        List<TableRow> rows = rowLines.stream()
                .map(line -> new TableRow(line.number(), cells(line, header, bordered)))
                .toList();
        return new MarkdownRows(place, header, rows).live(schema);
    }

    /** A pipe at the start of the header is the table's border if the rows begin with one too. */
    private boolean isBordered() {
        return startsWithPipe(headerLine) && rowLines.stream().allMatch(MarkdownTable::startsWithPipe);
    }

    private static boolean startsWithPipe(TextLine line) {
        return line.text().startsWith("|");
    }

    private List<String> cells(TextLine line, MarkdownHeader header, boolean bordered) {
        int expected = header.names().size();
        List<String> cells = new ArrayList<>(splitter.split(line.text()));
        dropBorders(cells, bordered, cells.size() > expected + (bordered ? 1 : 0));
        if (cells.size() != expected) {
            throw place.line(line.number())
                    .error(CellCount.problem(header.names(), cells.size()) + hint(cells, expected));
        }
        return cells;
    }

    /** Drops the empty cells that pipes around the line make; the last one only if it is one too many. */
    private static void dropBorders(List<String> cells, boolean first, boolean last) {
        if (last && cells.size() > 1 && cells.get(cells.size() - 1).isEmpty()) {
            cells.remove(cells.size() - 1);
        }
        if (first) {
            cells.remove(0);
        }
    }

    private String hint(List<String> cells, int expected) {
        boolean spaces = splitter == CellSplitter.PIPES_AND_SPACES && cells.size() > expected;
        return spaces ? "; white space separates cells too, unless the table is split on pipes only" : "";
    }

    private static Pattern dashes(String run) {
        return Pattern.compile("[|+\\s]*:?" + run + ":?(?:[|+\\s]+:?" + run + ":?)*[|+\\s]*");
    }
}
