package dev.dynamirror.mirror;

import java.util.Locale;

/** How an older change is kept from overwriting a newer one of its key. */
public enum Ordering {
    /** By the order of requests: the next one is sent when the one before is answered. What the network delivers late, or a job
     * repeats after a failure, may show an older value for a while. */
    IN_ORDER,
    /** By versions, which DynamoDB compares: each change is a request of its own, and does nothing if the item has a newer one. */
    VERSIONED;

    /** The word for it in SQL and on the command line, like {@code in-order}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
