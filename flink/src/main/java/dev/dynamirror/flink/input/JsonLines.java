package dev.dynamirror.flink.input;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/** The objects of a JSON Lines file, read one after another; blank lines are skipped. */
final class JsonLines implements JsonRowSource {

    private final Place file;
    private final BufferedReader lines;
    private long line;

    JsonLines(Place file, InputStream bytes) throws IOException {
        this.file = file;
        lines = new BufferedReader(Utf8.reader(bytes));
    }

    @Override
    public @Nullable JsonRow next() throws IOException {
        String text = nextLine();
        while (text != null && text.isBlank()) {
            text = nextLine();
        }
        return text == null ? null : new JsonRow(line, RowKind.INSERT, fields(text));
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private @Nullable String nextLine() throws IOException {
        line++;
        try {
            return lines.readLine();
        } catch (CharacterCodingException e) {
            throw file.lineOrLater(line).error("the file is not UTF-8 text", e);
        }
    }

    private Map<String, JsonField> fields(String text) {
        try {
            return JsonField.parseObject(text)
                    .orElseThrow(() ->
                            here().error("expected a JSON object like {\"key\": 1}, but found " + Excerpt.of(text)));
        } catch (BadValueException e) {
            throw here().error(e.problem(), e);
        }
    }

    private Place here() {
        return file.line(line);
    }
}
