package dev.dynamirror.flink.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.Iterator;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a markdown file, all of it at once. */
final class MarkdownReader implements RowReader {

    private final Place file;
    private final Iterator<Row> changes;

    MarkdownReader(Place file, LiveRows rows) {
        this.file = file;
        this.changes = rows.changes().iterator();
    }

    /** The text of a file, which is closed. */
    static String text(Place file, InputStream bytes) throws IOException {
        try (var reader = Utf8.reader(bytes)) {
            StringBuilder text = new StringBuilder();
            char[] part = new char[8192];
            for (int length = reader.read(part); length >= 0; length = reader.read(part)) {
                text.append(part, 0, length);
            }
            return text.toString();
        } catch (CharacterCodingException e) {
            throw file.error("the file is not UTF-8 text", e);
        }
    }

    @Override
    public @Nullable Row read() {
        return changes.hasNext() ? Row.copy(changes.next()) : null;
    }

    @Override
    public Place place() {
        return file;
    }

    @Override
    public void close() {}
}
