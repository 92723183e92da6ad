package dev.dynamirror.write;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.Change;

/** Is told, in the writer's loop, what its owner has to know of. */
public interface WriterListener {

    /**
     * DynamoDB will never take this change; all others go on.
     *
     * @param reason what it said
     * @throws MirrorException if that fails the mirror, which happens once all that is pending is written
     */
    void refused(Change change, String reason);

    /**
     * Something throttles this mirror for the first time.
     *
     * @param reason as in {@link WriterStatistics#throttledBy()}
     */
    void throttledBy(String reason);

    /**
     * A reply has come, or it is known that there will be none.
     *
     * @param nanos how long the request took, in nanoseconds
     */
    void replied(long nanos);

    /** A listener for a mirror that any refused change fails. */
    static WriterListener failing(String tableName) {
        return new WriterListener() {
            @Override
            public void refused(Change change, String reason) {
                throw new MirrorException("table " + tableName + ": " + describe(change, reason));
            }

            @Override
            public void throttledBy(String reason) {}

            @Override
            public void replied(long nanos) {}
        };
    }

    /** What was refused, and why: {@code DynamoDB refused to put the item of key "a": ValidationException: …}. */
    static String describe(Change change, String reason) {
        return "DynamoDB refused to " + (change instanceof Change.Put ? "put" : "delete") + " the item of key "
                + change.key() + ": " + reason;
    }
}
