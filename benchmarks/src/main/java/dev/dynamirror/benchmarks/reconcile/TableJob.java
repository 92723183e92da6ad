package dev.dynamirror.benchmarks.reconcile;

import dev.dynamirror.benchmarks.worker.Cost;
import dev.dynamirror.flink.Live;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.reconcile.MaxDeletes;
import dev.dynamirror.table.InitMode;
import java.net.URI;
import java.util.Locale;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.Row;

/**
 * One Flink job that mirrors generated rows, as a program's {@code main}.
 *
 * <p>Arguments: the endpoint, the init mode, how many rows, of how many a thousand the rows are of another version than 0,
 * and that version. Prints the seconds, the seconds of CPU, and the most memory that the process has had, in MB.
 */
public final class TableJob {

    private TableJob() {}

    /** Runs the job. */
    public static void main(String[] arguments) throws InterruptedException {
        URI endpoint = URI.create(arguments[0]);
        InitMode mode = InitMode.valueOf(arguments[1]);
        long rows = Long.parseLong(arguments[2]);
        long changedOfThousand = Long.parseLong(arguments[3]);
        long version = Long.parseLong(arguments[4]);
        Cost start = Cost.now();
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        Live live = Live.create(environment);
        MirrorSettings.Builder mirror = DynamoDb.table("orders")
                .endpoint(endpoint)
                .region("us-east-1")
                .partitionKey("id")
                .initMode(mode);
        if (mode == InitMode.RECONCILE) {
            mirror.maxDeletes(MaxDeletes.parse("100%"));
        }
        live.write(
                live.tableEnvironment()
                        .fromDataStream(environment
                                .fromSequence(0, rows - 1)
                                .map(id -> row(id, id % 1000 < changedOfThousand ? version : 0))
                                .returns(Types.ROW_NAMED(
                                        new String[] {"id", "name", "amount", "version", "note"},
                                        Types.LONG,
                                        Types.STRING,
                                        Types.DOUBLE,
                                        Types.LONG,
                                        Types.STRING))),
                mirror);
        live.run();
        Cost cost = Cost.now().since(start);
        System.out.printf(
                Locale.ROOT, "%.1f %.1f %.0f%n", cost.nanos() / 1e9, cost.cpuNanos() / 1e9, Cost.peakMemory() / 1e6);
    }

    /** About 120 bytes in a request. */
    private static Row row(long id, long version) {
        return Row.of(id, "name of " + id, id / 8.0, version, "a note that is as long as notes are");
    }
}
