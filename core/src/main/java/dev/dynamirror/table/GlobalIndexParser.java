package dev.dynamirror.table;

import dev.dynamirror.error.MirrorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the text of indexes from left to right. */
final class GlobalIndexParser {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_.\\-]+");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]++|\"\")++)\"");
    private static final Pattern SPACE = Pattern.compile("\\s*");

    private final String text;
    private int position;

    GlobalIndexParser(String text) {
        this.text = text;
    }

    /** Columns as {@link #parse} reads them: {@code (customer, "the day")}. */
    static String columns(List<String> names) {
        return names.stream()
                .map(name -> WORD.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(", ", "(", ")"));
    }

    List<GlobalIndex> parse() {
        List<GlobalIndex> indexes = new ArrayList<>();
        do {
            indexes.add(index());
        } while (took(","));
        if (position < text.length()) {
            throw expected("a comma or the end");
        }
        return indexes;
    }

    private GlobalIndex index() {
        String name = take(WORD);
        if (name == null) {
            throw expected("the name of an index");
        }
        int keys = position;
        List<String> columns = columns("the column that is the partition key of the index " + name);
        if (columns.size() > 2) {
            position = keys;
            throw expected("a partition key and at most one sort key of the index " + name);
        }
        String sortKey = columns.size() == 2 ? columns.get(1) : null;
        String projection = take(WORD);
        return switch (projection == null ? "all" : projection.toLowerCase(Locale.ROOT)) {
            case "all" -> GlobalIndex.of(name, columns.get(0), sortKey);
            case "keys_only" ->
                new GlobalIndex(name, columns.get(0), sortKey, GlobalIndex.Projection.KEYS_ONLY, List.of());
            case "include" ->
                new GlobalIndex(
                        name,
                        columns.get(0),
                        sortKey,
                        GlobalIndex.Projection.INCLUDE,
                        columns("an attribute that the index " + name + " includes"));
            default -> {
                position -= String.valueOf(projection).length();
                throw expected("all, keys_only, include(…), a comma or the end");
            }
        };
    }

    private List<String> columns(String first) {
        List<String> names = new ArrayList<>();
        if (!took("(")) {
            throw expected("( and " + first);
        }
        do {
            names.add(column(names.isEmpty() ? first : "a column"));
        } while (took(","));
        if (!took(")")) {
            throw expected("a comma or )");
        }
        return names;
    }

    private String column(String what) {
        String quoted = take(QUOTED);
        if (quoted != null) {
            return quoted.substring(1, quoted.length() - 1).replace("\"\"", "\"");
        }
        String word = take(WORD);
        if (word == null) {
            throw expected(what);
        }
        return word;
    }

    private boolean took(String sign) {
        skipSpace();
        boolean there = text.startsWith(sign, position);
        if (there) {
            position += sign.length();
            skipSpace();
        }
        return there;
    }

    private @Nullable String take(Pattern pattern) {
        skipSpace();
        Matcher matcher = pattern.matcher(text).region(position, text.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        position = matcher.end();
        return matcher.group();
    }

    private void skipSpace() {
        Matcher space = SPACE.matcher(text).region(position, text.length());
        if (space.lookingAt()) {
            position = space.end();
        }
    }

    private MirrorException expected(String what) {
        String rest = text.substring(position);
        return new MirrorException("global-indexes \"" + text + "\": expected " + what + ", but found "
                + (rest.isBlank() ? "its end" : "\"" + rest + "\""));
    }
}
