package dev.dynamirror.item;

/**
 * One change of one item, as the bytes that stand for it in a BatchWriteItem request.
 *
 * <p>A newer change of a key makes an older one of that key needless.
 */
public sealed interface Change {

    /** The key of the item that changes. */
    Key key();

    /** The change as an element of a batch, in UTF-8 JSON: {@code {"PutRequest":…}}; never to be changed. */
    byte[] wire();

    /**
     * The item is there with these attributes and no others.
     *
     * @param key the item's key
     * @param wire {@code {"PutRequest":{"Item":{…}}}}
     */
    @SuppressWarnings("ArrayRecordComponent") // changes are compared by identity of their key only
    record Put(Key key, byte[] wire) implements Change {}

    /**
     * The item is not there.
     *
     * @param key the item's key
     * @param wire {@code {"DeleteRequest":{"Key":{…}}}}, with the key attributes only
     */
    @SuppressWarnings("ArrayRecordComponent") // changes are compared by identity of their key only
    record Delete(Key key, byte[] wire) implements Change {}
}
