package dev.dynamirror.flink.input;

/**
 * A name in a markdown table's header.
 *
 * @param name the name; {@code id} for a first column without one
 * @param role what the cells below it are
 */
record HeaderCell(String name, Role role) {

    /** What the cells of a column are. */
    enum Role {
        /** Values of a column of the live table. */
        COLUMN,
        /** The row's identity, which is no column. */
        IDENTITY,
        /** When the change happens. */
        TIME,
        /** Whether the row comes or goes. */
        DIFF
    }
}
