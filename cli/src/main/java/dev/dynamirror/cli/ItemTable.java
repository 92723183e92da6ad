package dev.dynamirror.cli;

import dev.dynamirror.read.ItemJson;
import dev.dynamirror.read.TableScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items as an aligned text table.
 *
 * <p>Strings stand as they are, unless something else could be meant, a number for example, or the line would break, or
 * the terminal would take it for a command: then in quotes, as JSON. So do the names of columns. An absent value
 * ({@code {"NULL": true}}) is {@code null}; an attribute that an item doesn't have is an empty cell.
 */
final class ItemTable {

    /** What of a text would not be seen for what it is, in a cell or in the header. */
    private static final Pattern UNCLEAR =
            Pattern.compile("|[\"\\s].*|.*\\s|.*[\\p{Cc}\\u2028\\u2029|].*", Pattern.DOTALL);

    /** A text that would be taken for a value of another type. */
    private static final Pattern OTHER_TYPE =
            Pattern.compile("null|true|false|[\\[{].*|[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?", Pattern.DOTALL);

    /** Control characters, and ends of lines, that JSON lets stand as they are. */
    private static final Pattern LEFT_BY_JSON = Pattern.compile("[\\x7F-\\x9F\\u2028\\u2029]");

    private final List<List<String>> rows;
    private final int columns;

    private ItemTable(List<List<String>> rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    static ItemTable of(TableScan scan) {
        List<String> names = scan.columns();
        List<List<String>> rows = new ArrayList<>();
        rows.add(names.stream().map(ItemTable::name).toList());
        for (Map<String, AttributeValue> item : scan.items()) {
            rows.add(names.stream().map(name -> cell(item.get(name))).toList());
        }
        return new ItemTable(rows, names.size());
    }

    private static String cell(@Nullable AttributeValue value) {
        if (value == null) {
            return "";
        }
        if (value.type() == AttributeValue.Type.S
                && !UNCLEAR.matcher(value.s()).matches()
                && !OTHER_TYPE.matcher(value.s()).matches()) {
            return value.s();
        }
        return json(value);
    }

    /** A column's name, in quotes if it would not be seen for what it is. */
    static String name(String name) {
        return UNCLEAR.matcher(name).matches() ? json(AttributeValue.fromS(name)) : name;
    }

    private static String json(AttributeValue value) {
        return LEFT_BY_JSON
                .matcher(ItemJson.PLAIN.value(value))
                .replaceAll(found -> String.format(
                        Locale.ROOT, "\\\\u%04X", (int) found.group().charAt(0)));
    }

    /** The header, a rule, and the items. */
    Stream<String> lines() {
        int[] widths = IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .mapToInt(row -> width(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
        List<String> rule = IntStream.of(widths)
                .mapToObj(width -> "-".repeat(Math.max(width, 3)))
                .toList();
        return Stream.of(rows.subList(0, 1), List.of(rule), rows.subList(1, rows.size()))
                .flatMap(List::stream)
                .map(row -> IntStream.range(0, columns)
                        .mapToObj(column -> row.get(column)
                                + " ".repeat(Math.max(0, Math.max(widths[column], 3) - width(row.get(column)))))
                        .collect(Collectors.joining(" | "))
                        .stripTrailing());
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
