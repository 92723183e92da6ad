package dev.dynamirror.item;

import org.jspecify.annotations.Nullable;

/**
 * One change of one item, as the bytes that stand for it in a request to DynamoDB.
 *
 * <p>Of two changes of a key one makes the other needless: {@link #supersedes} says which.
 */
public sealed interface Change {

    /** Which request of DynamoDB's the bytes are for. */
    enum Request {
        /** An element of a BatchWriteItem request, which up to 25 changes share. */
        BATCH_ELEMENT("BatchWriteItem"),
        /** A PutItem request of its own. */
        PUT_ITEM("PutItem"),
        /** An UpdateItem request of its own. */
        UPDATE_ITEM("UpdateItem"),
        /** A DeleteItem request of its own. */
        DELETE_ITEM("DeleteItem");

        private final String operation;

        Request(String operation) {
            this.operation = operation;
        }

        /** DynamoDB's name of the operation. */
        public String operation() {
            return operation;
        }
    }

    /** The key of the item that changes. */
    Key key();

    /** The change in UTF-8 JSON: an element of a batch, or the body of a whole request; never to be changed. */
    byte[] wire();

    /** The request that the bytes are for. */
    Request request();

    /** The value of the column that is the version; null if none is. */
    @Nullable
    KeyAttribute version();

    /**
     * Whether this change, which was given later, makes an earlier one of its key needless. If not, it is itself needless
     * after the earlier one: its version is older, so DynamoDB would do nothing. Always true if no column is the version.
     */
    default boolean supersedes(Change earlier) {
        KeyAttribute before = earlier.version();
        KeyAttribute now = version();
        return before == null || now == null || VersionCondition.of(this).holds(before, now);
    }

    /**
     * The item is there with these attributes.
     *
     * @param key the item's key
     * @param wire {@code {"PutRequest":{"Item":{…}}}} for a batch, the request's body for others
     * @param request the request that the bytes are for
     * @param version the value of the version column, or null
     */
    @SuppressWarnings("ArrayRecordComponent") // changes are compared by identity of their key only
    record Put(
            Key key, byte[] wire, Request request, @Nullable KeyAttribute version) implements Change {

        /** A change without a version column. */
        public Put(Key key, byte[] wire, Request request) {
            this(key, wire, request, null);
        }

        /** An element of a batch: the item is there with these attributes and no others. */
        public Put(Key key, byte[] wire) {
            this(key, wire, Request.BATCH_ELEMENT);
        }
    }

    /**
     * The item is not there.
     *
     * @param key the item's key
     * @param wire {@code {"DeleteRequest":{"Key":{…}}}} for a batch, with the key attributes only; the request's body for
     *     others
     * @param request the request that the bytes are for
     * @param version the value of the version column, or null
     */
    @SuppressWarnings("ArrayRecordComponent") // changes are compared by identity of their key only
    record Delete(
            Key key, byte[] wire, Request request, @Nullable KeyAttribute version) implements Change {

        /** A change without a version column. */
        public Delete(Key key, byte[] wire, Request request) {
            this(key, wire, request, null);
        }

        /** An element of a batch. */
        public Delete(Key key, byte[] wire) {
            this(key, wire, Request.BATCH_ELEMENT);
        }
    }
}
