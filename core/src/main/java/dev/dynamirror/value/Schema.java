package dev.dynamirror.value;

import dev.dynamirror.error.MirrorException;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns of a live table, in order.
 *
 * @param columns at least one column, each with a name of its own
 */
public record Schema(List<Column> columns) implements Serializable {

    /**
     * Checks the columns.
     *
     * @throws MirrorException if there is no column, or two have one name
     */
    public Schema {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new MirrorException("a schema needs at least one column");
        }
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (!names.add(column.name())) {
                throw new MirrorException("the schema has two columns named \"" + column.name() + "\"");
            }
        }
    }

    /**
     * Reads a schema from its text: names and types separated by commas, {@code ?} behind a type that may be absent.
     *
     * <p>Example: {@code key int, value str?, tags list<str>}. A name that is no plain word stands in double quotes. The
     * types are {@code bool}, {@code int}, {@code float}, {@code decimal(p, s)}, {@code str}, {@code bytes}, {@code
     * datetime_naive}, {@code datetime_utc}, {@code date}, {@code time}, {@code duration}, {@code json}, {@code pointer},
     * {@code object}, {@code ndarray<int>}, {@code ndarray<float>}, {@code list<T>}, {@code tuple<T, ...>}, {@code map<T>}
     * and {@code row<name T, ...>}.
     *
     * @throws MirrorException if the text is no schema; the message says where and what was expected
     */
    public static Schema parse(String text) {
        return new SchemaParser(text).parse();
    }

    /** The column of that name, if there is one. */
    public Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /** The names of the columns, in order. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** The schema as text that {@link #parse} reads. */
    @Override
    public String toString() {
        return columns.stream()
                .map(column -> SchemaParser.quoted(column.name()) + " " + column.type())
                .collect(Collectors.joining(", "));
    }
}
