package dev.dynamirror.cli;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The lower-case words for the values of an enum; upper case is taken too. */
abstract class Words<E extends Enum<E>> implements ITypeConverter<E>, Iterable<String> {

    private final List<E> values;
    private final char separator;

    /** Takes the character that stands between the parts of a word. */
    Words(Class<E> type, char separator) {
        this.values = List.of(type.getEnumConstants());
        this.separator = separator;
    }

    @Override
    public final E convert(String text) {
        return values.stream()
                .filter(value -> word(value).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "expected " + String.join(", ", this) + ", but was '" + text + "'"));
    }

    @Override
    public final Iterator<String> iterator() {
        return values.stream().map(this::word).iterator();
    }

    private String word(E value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', separator);
    }
}
