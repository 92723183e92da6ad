package dev.dynamirror.flink.input;

import java.util.regex.Pattern;

/** What a value looks like, when no schema says what it is. */
enum CellKind {
    BOOL("a bool"),
    INT("an int"),
    /** An integer that doesn't fit in 64 bits. */
    LARGE_INT("an int beyond 64 bits"),
    FLOAT("a float"),
    STR("a str"),
    LIST("an array"),
    DOCUMENT("an object");

    private static final Pattern WORD_OF_BOOL = Pattern.compile("true|True|TRUE|false|False|FALSE");

    /** No sign {@code +} and no leading zeros: {@code +49301234} and {@code 00501} are texts that an int would spoil. */
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]*");

    private static final Pattern DECIMAL =
            Pattern.compile("-?(?:(?:0|[1-9][0-9]*)(?:\\.[0-9]*)?|\\.[0-9]+)" + "(?:[eE][+-]?[0-9]+)?");

    private final String name;

    CellKind(String name) {
        this.name = name;
    }

    /** The kind that a cell's text looks like. */
    static CellKind ofText(String cell) {
        String text = cell.strip();
        if (WORD_OF_BOOL.matcher(text).matches()) {
            return BOOL;
        }
        if (INTEGER.matcher(text).matches()) {
            return ofInteger(text);
        }
        boolean isFloat =
                !text.equals("-0") && DECIMAL.matcher(text).matches() && !Double.isInfinite(Double.parseDouble(text));
        return isFloat ? FLOAT : STR;
    }

    /** The kind of an integer's digits. */
    static CellKind ofInteger(String digits) {
        try {
            Long.parseLong(digits);
            return INT;
        } catch (NumberFormatException e) {
            return LARGE_INT;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
