package dev.dynamirror.flink.sink;

import dev.dynamirror.client.SdkErrors;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.failure.Unrecoverable;
import dev.dynamirror.read.ItemPosition;
import dev.dynamirror.read.ItemSelection;
import dev.dynamirror.read.ReadConsistency;
import dev.dynamirror.reconcile.FoundItem;
import dev.dynamirror.reconcile.FoundItems;
import dev.dynamirror.reconcile.FoundPage;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.GuavaRateLimiter;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the segments of the table whose numbers it is given, once the table is there; nothing if it is not to be compared.
 *
 * <p>Its items have the fields of {@link FoundItem}: the mixed hash of the key, the key, the content and the size.
 */
final class TableScanOperator extends AbstractStreamOperator<Tuple4<Integer, byte[], byte[], Integer>>
        implements OneInputStreamOperator<Long, Tuple4<Integer, byte[], byte[], Integer>> {

    static final TypeInformation<Tuple4<Integer, byte[], byte[], Integer>> ITEMS = Types.TUPLE(
            Types.INT,
            PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO,
            PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO,
            Types.INT);

    private static final long serialVersionUID = 1L;

    private final MirrorPlan plan;
    private final TableOfItems table;
    private final ReadConsistency consistency;
    private final int segments;
    private transient @Nullable FoundItems items;
    private transient @Nullable RateLimiter<?> limiter;

    /**
     * A reader of the segments of a mirror's table.
     *
     * @param table when it is there
     * @param segments how many there are
     */
    TableScanOperator(MirrorPlan plan, TableOfItems table, ReadConsistency consistency, int segments) {
        this.plan = plan;
        this.table = table;
        this.consistency = consistency;
        this.segments = segments;
    }

    @Override
    public void open() throws Exception {
        super.open();
        try {
            if (!table.await(getContainingTask().getEnvironment())) {
                return;
            }
            items = FoundItems.open(
                    plan.settings().connection(), plan.settings().comparison(plan.schema()), consistency);
        } catch (MirrorException e) {
            throw Unrecoverable.of(e);
        }
        Double units = plan.settings().reconcile().maxReadUnitsPerSecond();
        if (units != null) {
            limiter = new GuavaRateLimiter<>(
                    units / getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks());
        }
    }

    @Override
    public void processElement(StreamRecord<Long> segment) throws InterruptedException {
        if (items == null) {
            return;
        }
        ItemSelection selection = ItemSelection.segment(segment.getValue().intValue(), segments);
        try {
            ItemPosition next = null;
            do {
                FoundPage page = items.page(selection, next);
                page.items()
                        .forEach(item -> output.collect(new StreamRecord<>(Tuple4.of(
                                KeyShuffle.mixed(item.keyHash()),
                                item.key(),
                                item.content().json(),
                                item.content().size()))));
                next = page.next();
                pay(page.readUnits());
            } while (next != null);
        } catch (MirrorException e) {
            // What may pass is for the restart strategy.
            throw SdkErrors.mayPass(e) ? e : Unrecoverable.of(e);
        }
    }

    /** Waits until the units are there that the next page may cost as well: a page is paid for when it has come. */
    private void pay(double readUnits) throws InterruptedException {
        int units = (int) Math.ceil(readUnits);
        if (limiter == null || units == 0) {
            return;
        }
        try {
            limiter.acquire(units).toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new FlinkRuntimeException(e);
        }
    }

    @Override
    public void close() throws Exception {
        if (items != null) {
            items.close();
        }
        super.close();
    }
}
