package dev.dynamirror.flink.input;

import dev.dynamirror.flink.input.HeaderCell.Role;
import dev.dynamirror.value.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The header of a markdown table.
 *
 * <p>The row's identity is the column without a name, if it is the first, or else the one named {@code id} where that is
 * no column.
 *
 * @param cells at least one of them a column
 */
record MarkdownHeader(List<HeaderCell> cells) {

    static MarkdownHeader of(Place line, List<String> names, IdMeaning id, Optional<Schema> schema) {
        boolean idIsColumn = id.isColumn(schema);
        List<HeaderCell> cells = new ArrayList<>();
        Set<String> known = new HashSet<>();
        boolean identityKnown = false;
        for (String name : names) {
            boolean unnamed = name.isEmpty();
            if (unnamed && !cells.isEmpty()) {
                throw line.error("column " + (cells.size() + 1) + " has no name, which only the first may lack");
            }
            if (!known.add(name)) {
                throw line.error("two columns are named \"" + name + "\"");
            }
            boolean identity = unnamed || (name.equals("id") && !identityKnown && !idIsColumn);
            identityKnown |= identity;
            cells.add(new HeaderCell(unnamed ? "id" : name, identity ? Role.IDENTITY : role(name)));
        }
        MarkdownHeader header = new MarkdownHeader(List.copyOf(cells));
        header.requireColumns(line, schema);
        return header;
    }

    private static Role role(String name) {
        return switch (name) {
            case "__time__" -> Role.TIME;
            case "__diff__" -> Role.DIFF;
            default -> Role.COLUMN;
        };
    }

    /** All names, as errors list them. */
    List<String> names() {
        return cells.stream().map(HeaderCell::name).toList();
    }

    List<String> columnNames() {
        return cells.stream()
                .filter(cell -> cell.role() == Role.COLUMN)
                .map(HeaderCell::name)
                .toList();
    }

    /** Where the column of that name is. */
    int columnPosition(String name) {
        return cells.indexOf(new HeaderCell(name, Role.COLUMN));
    }

    /** Where the one column of that role is, if there is one. */
    OptionalInt position(Role role) {
        return IntStream.range(0, cells.size())
                .filter(i -> cells.get(i).role() == role)
                .findFirst();
    }

    private void requireColumns(Place line, Optional<Schema> schema) {
        List<String> columns = columnNames();
        if (columns.isEmpty()) {
            String others = cells.isEmpty() ? "" : ", only " + String.join(", ", names());
            String identity = "; \"id\" is the row's identity, unless a schema names it as a column";
            throw line.error("the table has no columns" + others
                    + (position(Role.IDENTITY).isPresent() ? identity : ""));
        }
        if (schema.isEmpty()) {
            return;
        }
        List<String> expected = schema.get().names();
        Stream<String> missing =
                expected.stream().filter(name -> !columns.contains(name)).map(name -> '"' + name + "\" is missing");
        Stream<String> unknown = columns.stream()
                .filter(name -> !expected.contains(name))
                .map(name -> '"' + name + "\" is not in the schema");
        List<String> differences = Stream.concat(missing, unknown).toList();
        if (!differences.isEmpty()) {
            throw line.error("the table's columns are not those of the schema: " + String.join(", ", differences));
        }
    }
}
