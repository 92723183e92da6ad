package dev.dynamirror.write;

/** What became of a change that was sent. */
enum Verdict {
    /** DynamoDB did it, or something newer is there; the key is free. */
    APPLIED,
    /** DynamoDB did not do it and never will; the key is free. */
    REFUSED,
    /** DynamoDB did not do it; it is sent again after a while, unless a newer change of the key waits. */
    AGAIN,
    /** DynamoDB refused the batch that it was in; it is sent again at once in a smaller one. */
    SUSPECT,
    /** Nobody knows; it is sent again after a while, before any newer change of the key. */
    UNKNOWN
}
