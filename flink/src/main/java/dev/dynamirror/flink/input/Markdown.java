package dev.dynamirror.flink.input;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.value.Schema;
import java.util.Optional;

/**
 * A table written in markdown as a live table, as Pathway's {@code table_from_markdown} reads it.
 *
 * <pre>{@code
 * key | value | __time__ | __diff__
 * 1   | Hello | 2        | 1
 * 2   | World | 2        | 1
 * 1   | Hello | 4        | -1
 * 1   | Salut | 4        | 1
 * }</pre>
 *
 * <p>The first line has the names of the columns. Cells are separated by pipes or white space, or by pipes only where
 * asked; a pipe that belongs to a cell is written {@code \|}. There may be pipes around each line, and lines of dashes.
 *
 * <p>An empty cell and {@code None} are absent values. Without a schema a column is {@code int}, {@code float} or {@code
 * bool} if all its cells look so, else {@code str}, and optional if a value is absent.
 *
 * <p>Special columns: {@code __time__}, an int that is not negative, says when a change happens, and {@code __diff__}
 * whether the row comes (1) or goes (-1); the changes of one time happen at once. A first column without a name, or one
 * named {@code id}, is the row's identity and no column, unless a schema names {@code id}: among the rows that live,
 * each identity is there once.
 *
 * <p>Objects of this class can't be changed.
 */
public final class Markdown {

    private final String text;
    private final CellSplitter splitter;
    private final Optional<Schema> schema;

    private Markdown(String text, CellSplitter splitter, Optional<Schema> schema) {
        this.text = text;
        this.splitter = splitter;
        this.schema = schema;
    }

    /** A table of that text, which is read when its rows are asked for. */
    public static Markdown table(String text) {
        return new Markdown(text, CellSplitter.PIPES_AND_SPACES, Optional.empty());
    }

    /** This table with its columns given: exactly those of its header, in any order. */
    public Markdown schema(Schema schema) {
        return new Markdown(text, splitter, Optional.of(schema));
    }

    /**
     * This table with its columns given as text like {@code key int, value str?}.
     *
     * @throws MirrorException if the text is no schema
     */
    public Markdown schema(String schema) {
        return schema(Schema.parse(schema));
    }

    /** This table with cells that may hold white space, for only pipes separate them. */
    public Markdown splitOnPipesOnly() {
        return new Markdown(text, CellSplitter.PIPES, schema);
    }

    /**
     * The live table that the text writes down.
     *
     * @throws MirrorException if the text is no such table; the message names line and column
     */
    public LiveRows rows() {
        return new MarkdownTable(Place.TEXT, MarkdownDocument.lines(text), splitter, IdMeaning.IDENTITY).rows(schema);
    }
}
