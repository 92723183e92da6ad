package dev.dynamirror.flink.sink;

import dev.dynamirror.item.AttributeWriter;
import dev.dynamirror.item.KeyAttribute;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.data.binary.BinaryStringData;

/**
 * Flink's strings, as what they are: a Java string, or UTF-8 of which none needs to be made.
 *
 * <p>In a {@link BinaryRowData} strings and binaries are the same bytes in the same places, which spares the two objects
 * that a {@link StringData} of it costs.
 */
final class FlinkStrings {

    private FlinkStrings() {}

    /** Writes the string of that column; see {@link AttributeWriter#string}. */
    static void write(RowData row, int at, AttributeWriter out) {
        if (row instanceof BinaryRowData) {
            out.string(row.getBinary(at));
            return;
        }
        StringData value = row.getString(at);
        if (isUtf8(value)) {
            out.string(value.toBytes());
        } else {
            out.string(value.toString());
        }
    }

    /** The key of the string of that column; see {@link KeyAttribute#string}. */
    static KeyAttribute key(RowData row, int at) {
        if (row instanceof BinaryRowData) {
            return KeyAttribute.string(row.getBinary(at));
        }
        StringData value = row.getString(at);
        return isUtf8(value)
                ? KeyAttribute.string(copy((BinaryStringData) value))
                : KeyAttribute.string(value.toString());
    }

    /** The string's bytes, which are its own array if that has nothing else in it; but a key is kept. */
    private static byte[] copy(BinaryStringData value) {
        byte[] bytes = value.toBytes();
        return bytes == value.getSegments()[0].getHeapMemory() ? bytes.clone() : bytes;
    }

    private static boolean isUtf8(StringData value) {
        return value instanceof BinaryStringData string && string.getJavaObject() == null;
    }
}
