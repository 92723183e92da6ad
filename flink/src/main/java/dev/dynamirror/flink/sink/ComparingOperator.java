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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.ManagedMemoryUseCase;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorV2;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.Input;
import org.apache.flink.streaming.api.operators.MultipleInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.tasks.StreamTask;
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
abstract class ComparingOperator<T> extends AbstractStreamOperatorV2<T>
        implements MultipleInputStreamOperator<T>, BoundedMultiInput {

    /** The numbers of the inputs, as Flink has them. */
    static final int ROWS_INPUT = 1;

    static final int ITEMS_INPUT = 2;

    /** The rank of an item; changes of rows have those behind it. */
    private static final long ITEM = 0;

    /** The key of rows that have none. */
    private static final byte[] NO_KEY = {};

    final MirrorPlan plan;
    final StreamTask<?, ?> task;

    private final ItemComparison comparison;
    private final RowEncoder<RowData> encoder;
    private final TypeSerializer<RowData> rows;
    private final DataOutputSerializer bytes = new DataOutputSerializer(256);
    private final Set<Integer> comparedInputs = new HashSet<>(Set.of(ROWS_INPUT, ITEMS_INPUT));
    private @Nullable KeySorter sorter;
    private long changes;

    /**
     * An operator of a mirror.
     *
     * @param inputs how many inputs there are; those behind the first two are the heir's own
     */
    ComparingOperator(StreamOperatorParameters<T> parameters, MirrorPlan plan, int inputs) {
        super(parameters, inputs);
        this.plan = plan;
        this.task = parameters.getContainingTask();
        comparison = plan.settings().comparison(plan.schema());
        encoder = plan.itemEncoder();
        rows = config.getTypeSerializerIn(0, getUserCodeClassloader());
    }

    @Override
    @SuppressWarnings("rawtypes") // as declared by Flink
    public List<Input> getInputs() {
        return List.of(
                new OperatorInput<RowData>(this, ROWS_INPUT, this::takeRow),
                new OperatorInput<Tuple4<Integer, byte[], byte[], Integer>>(this, ITEMS_INPUT, this::takeItem));
    }

    /** Begins to hold rows and items. */
    final void beginComparing() throws Exception {
        Environment environment = task.getEnvironment();
        double fraction = config.getManagedMemoryFractionOperatorUseCaseOfSlot(
                ManagedMemoryUseCase.OPERATOR,
                environment.getJobConfiguration(),
                environment.getTaskManagerInfo().getConfiguration(),
                getUserCodeClassloader());
        sorter = KeySorter.open(task, environment, fraction);
    }

    /** Takes a row; does nothing if nothing is compared. */
    void takeRow(RowData row) throws Exception {
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

    private void takeItem(Tuple4<Integer, byte[], byte[], Integer> item) throws Exception {
        if (sorter == null) {
            return;
        }
        sorter.add(item.f1, ITEM, packed(new Content(item.f2, item.f3)));
    }

    @Override
    public void endInput(int input) throws Exception {
        comparedInputs.remove(input);
        if (!comparedInputs.isEmpty() || sorter == null) {
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

    final byte[] serialized(RowData row) throws IOException {
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
