package dev.dynamirror.flink.sink;

import java.io.IOException;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeComparator;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.configuration.AlgorithmOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.runtime.jobgraph.tasks.TaskInvokable;
import org.apache.flink.runtime.memory.MemoryAllocationException;
import org.apache.flink.runtime.operators.sort.ExternalSorter;
import org.apache.flink.runtime.operators.sort.PushSorter;
import org.apache.flink.util.MutableObjectIterator;
import org.jspecify.annotations.Nullable;

/**
 * Sorts what belongs to keys by key and rank, in Flink's managed memory, and on disk where that is too small: its own
 * external sorter.
 */
final class KeySorter implements AutoCloseable {

    private static final TypeInformation<byte[]> BYTES = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    private static final TupleTypeInfo<Tuple3<byte[], Long, byte[]>> RECORDS =
            new TupleTypeInfo<>(BYTES, Types.LONG, BYTES);

    private final PushSorter<Tuple3<byte[], Long, byte[]>> sorter;

    private KeySorter(PushSorter<Tuple3<byte[], Long, byte[]>> sorter) {
        this.sorter = sorter;
    }

    /**
     * A sorter of a task.
     *
     * @param memoryFraction its part of the slot's managed memory
     * @throws MemoryAllocationException if there is no such memory
     */
    static KeySorter open(TaskInvokable task, Environment environment, double memoryFraction)
            throws MemoryAllocationException {
        ExecutionConfig config = environment.getExecutionConfig();
        Configuration taskManager = environment.getTaskManagerInfo().getConfiguration();
        TypeComparator<Tuple3<byte[], Long, byte[]>> byKeyAndRank =
                RECORDS.createComparator(new int[] {0, 1}, new boolean[] {true, true}, 0, config);
        return new KeySorter(ExternalSorter.newBuilder(
                        environment.getMemoryManager(),
                        task,
                        RECORDS.createSerializer(config.getSerializerConfig()),
                        byKeyAndRank,
                        config)
                .memoryFraction(memoryFraction)
                .enableSpilling(environment.getIOManager(), taskManager.get(AlgorithmOptions.SORT_SPILLING_THRESHOLD))
                .maxNumFileHandles(taskManager.get(AlgorithmOptions.SPILLING_MAX_FAN))
                .largeRecords(true)
                .build());
    }

    /** Takes something of a key; of one rank there is one of a key at most, unless the key is empty. */
    void add(byte[] key, long rank, byte[] value) throws IOException, InterruptedException {
        sorter.writeRecord(Tuple3.of(key, rank, value));
    }

    /** Everything that was added, by key and rank; nothing can be added any more. */
    Sorted sorted() throws IOException, InterruptedException {
        sorter.finishReading();
        return new Sorted(sorter.getIterator());
    }

    @Override
    public void close() throws IOException {
        sorter.close();
    }

    /** What was added, one after the other. */
    static final class Sorted {

        private final MutableObjectIterator<Tuple3<byte[], Long, byte[]>> records;

        private Sorted(MutableObjectIterator<Tuple3<byte[], Long, byte[]>> records) {
            this.records = records;
        }

        /** The next one: its key, its rank, and what it is; null at the end. */
        @Nullable
        Tuple3<byte[], Long, byte[]> next() throws IOException {
            return records.next();
        }
    }
}
