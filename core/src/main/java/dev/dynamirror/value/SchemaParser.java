package dev.dynamirror.value;

import dev.dynamirror.error.MirrorException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a schema's text from left to right. */
final class SchemaParser {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_.\\-]+");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]++|\"\")++)\"");
    private static final Pattern SPACE = Pattern.compile("\\s*");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,6}");

    /** Far more than any item has, and far less than what the stack takes. */
    private static final int MAX_NESTING = 100;

    private final String text;
    private int position;
    private int nesting;

    SchemaParser(String text) {
        this.text = text;
    }

    static String quoted(String name) {
        return WORD.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    Schema parse() {
        Schema schema = columns("column");
        requireEnd("a comma or the end");
        return schema;
    }

    LiveType parseType() {
        LiveType type = type("the value");
        requireEnd("the end");
        return type;
    }

    private Schema columns(String what) {
        return new Schema(separated(() -> column(what)));
    }

    private Column column(String what) {
        String name = name(what);
        LiveType type = type(what + " \"" + name + "\"");
        return checked(() -> new Column(name, type));
    }

    private String name(String what) {
        String quoted = take(QUOTED);
        if (quoted != null) {
            return quoted.substring(1, quoted.length() - 1).replace("\"\"", "\"");
        }
        String word = take(WORD);
        if (word == null) {
            throw error("expected a " + what + "'s name");
        }
        return word;
    }

    private LiveType type(String what) {
        String word = take(WORD);
        if (word == null) {
            throw error("expected the type of " + what + ", one of " + typeNames());
        }
        LiveType type = required(word, what);
        return took("?") ? type.optional() : type;
    }

    private LiveType required(String word, String what) {
        return switch (word) {
            case "decimal" -> decimal();
            case "ndarray" -> within(() -> ndArray(what));
            case "list" -> within(() -> new ListType(type("an element of " + what)));
            case "map" -> within(() -> new MapType(type("a value of " + what)));
            case "tuple" -> within(() -> new TupleType(types(what)));
            case "mixed" -> within(() -> mixed(types(what)));
            case "row" -> within(() -> new DocumentType(columns("field")));
            default -> scalar(word, what);
        };
    }

    private LiveType decimal() {
        require("(");
        int precision = number("precision");
        require(",");
        int scale = number("scale");
        require(")");
        return checked(() -> new DecimalType(precision, scale));
    }

    private LiveType mixed(List<LiveType> alternatives) {
        return checked(() -> new MixedType(alternatives));
    }

    private int number(String what) {
        String digits = take(DIGITS);
        if (digits == null) {
            throw error("expected the decimal's " + what);
        }
        return Integer.parseInt(digits);
    }

    private LiveType ndArray(String what) {
        take(SPACE);
        int start = position;
        String element = take(WORD);
        if ("int".equals(element)) {
            return NdArrayType.INT;
        }
        if ("float".equals(element)) {
            return NdArrayType.FLOAT;
        }
        position = start;
        throw error("expected int or float for the elements of " + what);
    }

    private List<LiveType> types(String what) {
        take(SPACE);
        return text.startsWith(">", position) ? List.of() : separated(() -> type("an element of " + what));
    }

    private LiveType scalar(String word, String what) {
        return Arrays.stream(ScalarType.values())
                .filter(type -> type.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> new MirrorException("schema \"" + text + "\": " + what + " has the type \"" + word
                        + "\", but the types are " + typeNames()));
    }

    private static String typeNames() {
        return Stream.concat(
                        Arrays.stream(ScalarType.values()).map(ScalarType::toString),
                        Stream.of(
                                "decimal(p, s)",
                                "ndarray<int>",
                                "ndarray<float>",
                                "list<T>",
                                "tuple<T, ...>",
                                "map<T>",
                                "row<name T, ...>"))
                .collect(Collectors.joining(", "));
    }

    private <T> List<T> separated(Supplier<T> part) {
        List<T> parts = new ArrayList<>();
        do {
            parts.add(part.get());
        } while (took(","));
        return parts;
    }

    private LiveType within(Supplier<LiveType> inner) {
        if (++nesting > MAX_NESTING) {
            throw new MirrorException("a schema nests types more than " + MAX_NESTING + " levels deep");
        }
        require("<");
        LiveType type = inner.get();
        require(">");
        nesting--;
        return type;
    }

    private <T> T checked(Supplier<T> constructor) {
        try {
            return constructor.get();
        } catch (IllegalArgumentException e) {
            throw new MirrorException("schema \"" + text + "\": " + e.getMessage(), e);
        }
    }

    private void require(String literal) {
        if (!took(literal)) {
            throw error("expected " + literal);
        }
    }

    private void requireEnd(String expectation) {
        take(SPACE);
        if (position < text.length()) {
            throw error("expected " + expectation);
        }
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
