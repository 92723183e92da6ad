package dev.dynamirror.table;

/** What is done with the table before the first write. */
public enum InitMode {
    /** The table must be there; its items stay, and those with a key of the live table are overwritten. */
    DEFAULT,
    /** As {@link #DEFAULT}, but a missing table is created. */
    CREATE_IF_NOT_EXISTS,
    /** The table is deleted with all of its items, if it is there, and created anew. */
    REPLACE,
    /**
     * The table is read and compared with the live table: what differs is written, what the live table does not have is
     * deleted, and nothing else is touched. A missing table is created.
     */
    RECONCILE
}
