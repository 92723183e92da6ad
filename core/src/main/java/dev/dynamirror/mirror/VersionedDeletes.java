package dev.dynamirror.mirror;

import java.util.Locale;

/** What a delete leaves behind in {@link Ordering#VERSIONED}. */
public enum VersionedDeletes {
    /** An item of the key, the version and a mark, so that a put that is older still comes too late; DynamoDB's TTL removes it after
     * a while. */
    TOMBSTONE,
    /** Nothing: a put that is older and comes later brings the item back. */
    REMOVE;

    /** The word for it in SQL and on the command line, like {@code tombstone}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
