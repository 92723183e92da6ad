package dev.dynamirror.flink.sink;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.failure.Unrecoverable;
import dev.dynamirror.item.BadRowException;
import dev.dynamirror.item.Change;
import dev.dynamirror.item.RowEncoder;
import dev.dynamirror.reconcile.Content;
import dev.dynamirror.reconcile.DifferenceTotals;
import dev.dynamirror.reconcile.ItemComparison;
import dev.dynamirror.reconcile.SortableKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.ManagedMemoryUseCase;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows of a live table with the items of its DynamoDB table, both of them shuffled by key, when all of them are
 * there: sorts both by key, and looks at one key after the other.
 *
 * <p>Nothing of what it holds is in checkpoints; who uses it sees to it that there are none.
 *
 * @param <T> what it gives
 */
abstract class ComparingOperator<T> extends AbstractStreamOperator<T>
        implements TwoInputStreamOperator<RowData, Tuple4<Integer, byte[], byte[], Integer>, T>, BoundedMultiInput {

    private static final long serialVersionUID = 1L;

    private static final int INPUTS = 2;

    /** The rank of an item; changes of rows have those behind it. */
    private static final long ITEM = 0;

    /** The key of rows that have none. */
    private static final byte[] NO_KEY = {};

    final MirrorPlan plan;

    private transient ItemComparison comparison;
    private transient RowEncoder<RowData> encoder;
    private transient TypeSerializer<RowData> rows;
    private transient DataOutputSerializer bytes;
    private transient @Nullable KeySorter sorter;
    private transient long changes;
    private transient int inputsEnded;

    @SuppressWarnings("NullAway.Init") // by open, in the task
    ComparingOperator(MirrorPlan plan) {
        this.plan = plan;
    }

    @Override
    public void open() throws Exception {
        super.open();
        comparison = plan.settings().comparison(plan.schema());
        encoder = plan.itemEncoder();
        rows = getOperatorConfig().getTypeSerializerIn(0, getUserCodeClassloader());
        bytes = new DataOutputSerializer(256);
    }

    /** Begins to hold rows and items. */
    final void beginComparing() throws Exception {
        Environment environment = getContainingTask().getEnvironment();
        double fraction = getOperatorConfig()
                .getManagedMemoryFractionOperatorUseCaseOfSlot(
                        ManagedMemoryUseCase.OPERATOR,
                        environment.getJobConfiguration(),
                        environment.getTaskManagerInfo().getConfiguration(),
                        getUserCodeClassloader());
        sorter = KeySorter.open(getContainingTask(), environment, fraction);
    }

    @Override
    public void processElement1(StreamRecord<RowData> element) throws Exception {
        RowData row = element.getValue();
        if (sorter == null || row.getRowKind() == RowKind.UPDATE_BEFORE) {
            return;
        }
        byte[] key;
        try {
            key = SortableKey.of(encoder.key(row));
        } catch (BadRowException e) {
            key = NO_KEY;
        }
        changes++;
        sorter.add(key, ITEM + changes, serialized(row));
    }

    @Override
    public final void processElement2(StreamRecord<Tuple4<Integer, byte[], byte[], Integer>> element) throws Exception {
        if (sorter == null) {
            return;
        }
        Tuple4<Integer, byte[], byte[], Integer> item = element.getValue();
        sorter.add(item.f1, ITEM, packed(new Content(item.f2, item.f3)));
    }

    @Override
    public void endInput(int input) throws Exception {
        inputsEnded++;
        if (inputsEnded < INPUTS || sorter == null) {
            return;
        }
        try {
            finish(compare(sorter.sorted()));
        } catch (MirrorException e) {
            throw Unrecoverable.of(e);
        } finally {
            release();
        }
    }

    /**
     * Takes a key that is compared; at least one of the contents is there.
     *
     * @param row the serialized row; null if there is none
     * @param expected what the row's item would be; null if there is no row
     * @param found what the item is; null if there is none
     */
    abstract void compared(byte @Nullable [] row, @Nullable Content expected, @Nullable Content found) throws Exception;

    /** Takes a serialized row that can't become an item; the item of its key, if there is one, is left alone. */
    abstract void unstorable(byte[] row, BadRowException reason) throws Exception;

    /** Everything is compared. */
    abstract void finish(DifferenceTotals totals) throws Exception;

    final ItemComparison comparison() {
        return comparison;
    }

    final RowData deserialized(byte[] row) throws IOException {
        return rows.deserialize(new DataInputDeserializer(row));
    }

    @Override
    public void close() throws Exception {
        release();
        super.close();
    }

    private void release() throws IOException {
        if (sorter != null) {
            sorter.close();
            sorter = null;
        }
    }

    private DifferenceTotals compare(KeySorter.Sorted sorted) throws Exception {
        DifferenceTotals totals = DifferenceTotals.NONE;
        Tuple3<byte[], Long, byte[]> next = sorted.next();
        while (next != null) {
            byte[] key = next.f0;
            Content found = null;
            byte[] lastChange = null;
            while (next != null && Arrays.equals(key, next.f0)) {
                if (next.f1 == ITEM) {
                    found = unpacked(next.f2);
                } else if (key.length == 0) {
                    // Each of the rows without a key is one of its own; what is wrong with it comes to light again.
                    totals = totals.plus(compareKey(next.f2, null));
                } else {
                    lastChange = next.f2;
                }
                next = sorted.next();
            }
            if (key.length > 0) {
                totals = totals.plus(compareKey(lastChange, found));
            }
        }
        return totals;
    }

    private DifferenceTotals compareKey(byte @Nullable [] lastChange, @Nullable Content found) throws Exception {
        if (lastChange != null) {
            RowData row = deserialized(lastChange);
            if (row.getRowKind() != RowKind.DELETE) {
                return compareRow(lastChange, row, found);
            }
        }
        if (found == null) {
            return DifferenceTotals.NONE;
        }
        compared(null, null, found);
        return comparison.totals(null, found);
    }

    private DifferenceTotals compareRow(byte[] serialized, RowData row, @Nullable Content found) throws Exception {
        Content expected;
        try {
            expected = comparison.expected((Change.Put) encoder.put(row));
        } catch (BadRowException e) {
            unstorable(serialized, e);
            return found == null ? DifferenceTotals.NONE : comparison.untouched(found);
        }
        compared(serialized, expected, found);
        return comparison.totals(expected, found);
    }

    private byte[] serialized(RowData row) throws IOException {
        bytes.clear();
        rows.serialize(row, bytes);
        return bytes.getCopyOfBuffer();
    }

    private static byte[] packed(Content content) {
        return ByteBuffer.allocate(Integer.BYTES + content.json().length)
                .putInt(content.size())
                .put(content.json())
                .array();
    }

    private static Content unpacked(byte[] packed) {
        ByteBuffer buffer = ByteBuffer.wrap(packed);
        int size = buffer.getInt();
        byte[] json = new byte[buffer.remaining()];
        buffer.get(json);
        return new Content(json, size);
    }
}
