package dev.dynamirror.item;

import java.util.List;

/**
 * The names of the attributes that a versioned mirror may add to items.
 *
 * <p>An item whose attribute {@link #DELETED} is the boolean true is a tombstone: what a delete leaves behind for a while,
 * so that older changes are still known to be older. Readers take it for no item.
 */
public final class OwnAttributes {

    /** The version of an item, if no column of the live table is it: a number that grows with each change. */
    public static final String VERSION = "dynamirror_version";

    /** The mark of a tombstone: the boolean true. */
    public static final String DELETED = "dynamirror_deleted";

    /** When DynamoDB's TTL may remove a tombstone: a number of seconds since 1970. */
    public static final String EXPIRES = "dynamirror_expires";

    /** All of these names. */
    public static final List<String> ALL = List.of(VERSION, DELETED, EXPIRES);

    private OwnAttributes() {}
}
