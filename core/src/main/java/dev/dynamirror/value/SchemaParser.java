package dev.dynamirror.value;

import dev.dynamirror.error.MirrorException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a schema's text from left to right. */
final class SchemaParser {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_.\\-]+");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]++|\"\")++)\"");
    private static final Pattern SPACE = Pattern.compile("\\s*");

    private final String text;
    private int position;

    SchemaParser(String text) {
        this.text = text;
    }

    static String quoted(String name) {
        return WORD.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    Schema parse() {
        List<Column> columns = new ArrayList<>();
        do {
            columns.add(column());
        } while (took(","));
        if (position < text.length()) {
            throw error("expected a comma or the end");
        }
        return new Schema(columns);
    }

    private Column column() {
        String name = name();
        LiveType type = type(name);
        return new Column(name, took("?") ? type.optional() : type);
    }

    private String name() {
        String quoted = take(QUOTED);
        if (quoted != null) {
            return quoted.substring(1, quoted.length() - 1).replace("\"\"", "\"");
        }
        String word = take(WORD);
        if (word == null) {
            throw error("expected a column's name");
        }
        return word;
    }

    private LiveType type(String column) {
        String word = take(WORD);
        if (word == null) {
            throw error("expected the type of column \"" + column + "\", one of " + typeNames());
        }
        return Arrays.stream(ScalarType.values())
                .filter(type -> type.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> new MirrorException("schema \"" + text + "\": column \"" + column
                        + "\" has the type \"" + word + "\", but the types are " + typeNames()));
    }

    private static String typeNames() {
        return Arrays.stream(ScalarType.values()).map(ScalarType::toString).collect(Collectors.joining(", "));
    }

    private boolean took(String literal) {
        take(SPACE);
        boolean there = text.startsWith(literal, position);
        if (there) {
            position += literal.length();
        }
        return there;
    }

    private @Nullable String take(Pattern pattern) {
        Matcher space = SPACE.matcher(text).region(position, text.length());
        if (space.lookingAt()) {
            position = space.end();
        }
        Matcher matcher = pattern.matcher(text).region(position, text.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        position = matcher.end();
        return matcher.group();
    }

    private MirrorException error(String expectation) {
        String found = position < text.length() ? "\"" + text.substring(position) + "\"" : "its end";
        return new MirrorException("schema \"" + text + "\": " + expectation + ", but found " + found);
    }
}
