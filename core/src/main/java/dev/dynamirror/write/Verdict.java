package dev.dynamirror.write;

/** What became of a change that was sent. */
enum Verdict {
    /** DynamoDB did it; the key is free. */
    APPLIED,
    /** DynamoDB did not do it; it is sent again, unless a newer change of the key waits. */
    AGAIN,
    /** Nobody knows; it is sent again before any newer change of the key. */
    UNKNOWN
}
