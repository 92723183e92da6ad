package dev.dynamirror.flink.input;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonFactory;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonParser;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonToken;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.io.JsonEOFException;
import org.jspecify.annotations.Nullable;

/** The objects of a JSON Lines file, read one after another; blank lines are skipped. */
final class JsonLines implements Closeable {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final Place file;
    private final BufferedReader lines;
    private long line;

    JsonLines(Place file, InputStream bytes) throws IOException {
        this.file = file;
        lines = new BufferedReader(Utf8.reader(bytes));
    }

    /** The next object, or null at the end. */
    @Nullable
    JsonRow next() throws IOException {
        String text = nextLine();
        while (text != null && text.isBlank()) {
            text = nextLine();
        }
        return text == null ? null : new JsonRow(line, fields(text));
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

    private Map<String, JsonField> fields(String text) throws IOException {
        try (JsonParser json = FACTORY.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw here().error("expected a JSON object like {\"key\": 1}, but found " + Excerpt.of(text));
            }
            Map<String, JsonField> fields = new LinkedHashMap<>();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                JsonToken token = json.nextToken();
                if (fields.put(name, new JsonField(token, json.getText())) != null) {
                    throw here().error("the object has two fields named \"" + name + "\"");
                }
                json.skipChildren();
            }
            if (json.nextToken() != null) {
                throw here().error("expected one JSON object in the line, but there is more after it");
            }
            return fields;
        } catch (JsonEOFException e) {
            throw here().error("not valid JSON: the line ends within the object", e);
        } catch (JsonProcessingException e) {
            throw here().within("character " + e.getLocation().getColumnNr())
                    .error("not valid JSON: " + e.getOriginalMessage(), e);
        }
    }

    private Place here() {
        return file.line(line);
    }
}
