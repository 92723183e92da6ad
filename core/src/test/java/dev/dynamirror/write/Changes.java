package dev.dynamirror.write;

import dev.dynamirror.item.Change;
import dev.dynamirror.item.Key;
import dev.dynamirror.item.KeyAttribute;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Changes of a table with the partition key {@code k} (S), shown as {@code a=1} for a put and {@code -a} for a delete. */
final class Changes {

    private Changes() {}

    static Change put(String key, int value) {
        return put(key, Integer.toString(value));
    }

    static Change put(String key, String value) {
        return new Change.Put(
                key(key),
                utf8("{\"PutRequest\":{\"Item\":{\"k\":{\"S\":\"" + key + "\"},\"v\":{\"S\":\"" + value + "\"}}}}"));
    }

    /** A put with the value of a version column, which goes alone. */
    static Change version(String key, int value, int version) {
        Change put = put(key, value);
        return new Change.Put(put.key(), put.wire(), Change.Request.PUT_ITEM, KeyAttribute.number(version));
    }

    static Change delete(String key) {
        return new Change.Delete(key(key), utf8("{\"DeleteRequest\":{\"Key\":{\"k\":{\"S\":\"" + key + "\"}}}}"));
    }

    /** A delete with the value of a version column, which goes alone. */
    static Change versionedDelete(String key, int version) {
        Change delete = delete(key);
        return new Change.Delete(delete.key(), delete.wire(), Change.Request.DELETE_ITEM, KeyAttribute.number(version));
    }

    static Key key(String key) {
        return Key.of(KeyAttribute.string(key), null);
    }

    static String text(Change change) {
        String key = ((KeyAttribute.StringKey) change.key().partition()).value();
        if (change instanceof Change.Delete) {
            return "-" + key;
        }
        String wire = new String(change.wire(), StandardCharsets.UTF_8);
        String start = "\"v\":{\"S\":\"";
        return key + "=" + wire.substring(wire.indexOf(start) + start.length(), wire.length() - "\"}}}}".length());
    }

    static String text(List<Change> changes) {
        return changes.stream().map(Changes::text).collect(Collectors.joining(" "));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
