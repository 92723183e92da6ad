package dev.dynamirror.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.dynamirror.item.Change;
import dev.dynamirror.item.RowEncoder;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.write.BatchReply;
import dev.dynamirror.write.BatchTransport;
import dev.dynamirror.write.MirrorWriter;
import dev.dynamirror.write.WriterListener;
import dev.dynamirror.write.WriterLoop;
import dev.dynamirror.write.WriterSettings;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

/**
 * What a small row, of about 120 bytes in a request, allocates on its way from Flink to the transport: encoded, merged, batched and settled, in one thread
 * with a transport that answers at once and keeps nothing.
 */
final class AllocationTest {

    private static final int KEYS = 20_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static final RowType ROW_TYPE = RowType.of(
            new LogicalType[] {
                new VarCharType(false, VarCharType.MAX_LENGTH),
                new VarCharType(VarCharType.MAX_LENGTH),
                new BigIntType(),
                new DoubleType()
            },
            new String[] {"id", "name", "count", "price"});

    private static final RowType DATED = RowType.of(
            new LogicalType[] {new BigIntType(false), new VarCharType(VarCharType.MAX_LENGTH), new TimestampType(3)},
            new String[] {"id", "name", "at"});

    @Test
    void aRowFromTheNetworkAllocatesLessThan300Bytes() throws InterruptedException {
        assertThat(perItem(ROW_TYPE, rows(true))).isLessThan(300);
    }

    @Test
    void aRowFromTheSameTaskAllocatesLessThan300Bytes() throws InterruptedException {
        assertThat(perItem(ROW_TYPE, rows(false))).isLessThan(300);
    }

    @Test
    void aRowWithANumberAsItsKeyAndATimeAllocatesLessThan300Bytes() throws InterruptedException {
        RowDataSerializer serializer = new RowDataSerializer(DATED);
        RowData[] rows = new RowData[KEYS];
        for (int i = 0; i < KEYS; i++) {
            TimestampData at = TimestampData.fromLocalDateTime(
                    LocalDateTime.of(2025, 1, 17, 10, 30).plusSeconds(i));
            rows[i] = serializer
                    .toBinaryRow(GenericRowData.of(i * 1_000_003L, StringData.fromString("name " + i), at))
                    .copy();
        }
        assertThat(perItem(DATED, rows)).isLessThan(300);
    }

    /** Rows as an exchange leaves them, whose strings are bytes, or as an operator of the same task gives them. */
    static RowData[] rows(boolean binary) {
        RowDataSerializer serializer = new RowDataSerializer(ROW_TYPE);
        RowData[] rows = new RowData[KEYS];
        for (int i = 0; i < KEYS; i++) {
            GenericRowData row = GenericRowData.of(
                    StringData.fromString("key-" + i),
                    StringData.fromString("name of " + i),
                    1_000_000L + i,
                    i / 100.0);
            rows[i] = binary ? serializer.toBinaryRow(row).copy() : row;
        }
        return rows;
    }

    private static double perItem(RowType type, RowData[] rows) throws InterruptedException {
        Way way = new Way(type);
        for (int i = 0; i < 20; i++) {
            way.write(rows);
        }
        long itemsBefore = way.items;
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10; i++) {
            way.write(rows);
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        long items = way.items - itemsBefore;
        assertThat(items).isEqualTo(10L * KEYS);
        double perItem = (double) allocated / items;
        System.out.printf("%.1f bytes allocated per item of %.1f bytes%n", perItem, (double) way.bytes / way.items);
        return perItem;
    }

    /** The way of a row from Flink to the transport. */
    static final class Way implements WriterLoop, BatchTransport {

        long items;
        long bytes;

        private final RowEncoder<RowData> encoder;
        private final MirrorWriter writer;
        private final Deque<Runnable> tasks = new ArrayDeque<>();

        Way(RowType type) {
            this.encoder = MirrorPlan.of(
                            DynamoDb.table("table").partitionKey("id").build(), type)
                    .itemEncoder();
            this.writer = new MirrorWriter(
                    "table",
                    this,
                    this,
                    new SplittableRandom(1),
                    WriterSettings.DEFAULT,
                    WriterListener.failing("table"));
        }

        /** Writes the rows, all of which have reached the transport then. */
        void write(RowData[] rows) throws InterruptedException {
            for (RowData row : rows) {
                writer.apply(encoder.put(row));
                runTasks();
            }
            writer.flush();
        }

        @Override
        public CompletableFuture<BatchReply> send(List<Change> changes) {
            for (int i = 0; i < changes.size(); i++) {
                bytes += changes.get(i).wire().length;
            }
            items += changes.size();
            return CompletableFuture.completedFuture(new BatchReply.Answered(Set.of(), changes.size()));
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void execute(Runnable task) {
            tasks.addLast(task);
        }

        @Override
        public void executeAfter(Duration delay, Runnable task) {
            // What lingers goes when too much does, or with the flush.
        }

        @Override
        public void awaitTask() {
            assertThat(tasks).as("tasks").isNotEmpty();
            runTasks();
        }

        @Override
        public void close() {}

        private void runTasks() {
            for (Runnable task = tasks.pollFirst(); task != null; task = tasks.pollFirst()) {
                task.run();
            }
        }
    }
}
