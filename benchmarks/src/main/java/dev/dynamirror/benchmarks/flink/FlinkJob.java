package dev.dynamirror.benchmarks.flink;

import dev.dynamirror.benchmarks.stub.StubClient;
import dev.dynamirror.benchmarks.worker.Contender;
import dev.dynamirror.benchmarks.worker.RowSize;
import dev.dynamirror.benchmarks.worker.Target;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * A Flink job in SQL, of one source and one sink in one task, inside this JVM: everything is Flink's default but the
 * parallelism, which is 1.
 *
 * <p>It runs from the first round to the last, so that neither its planning nor the start of Flink is measured.
 */
public final class FlinkJob implements Contender {

    private static final String COLUMNS = "id BIGINT NOT NULL, name STRING, quantity BIGINT, price DOUBLE";
    private static final String KEY = ", PRIMARY KEY (id) NOT ENFORCED";
    private static final long POLL_MILLIS = 10;

    private final JobClient job;
    private final LongSupplier written;
    private long granted;

    private FlinkJob(JobClient job, LongSupplier written) {
        this.job = job;
        this.written = written;
    }

    /** The floor of the engine: a sink that throws everything away. */
    public static Contender intoNothing(Target target) {
        return new FlinkJob(
                start(target.rows().name(), table(target, "", "'connector' = 'blackhole'")), RowGate.OF_THIS_JVM::read);
    }

    /** Dynamirror's sink with its default settings. */
    public static Contender intoDynamirror(Target target, StubClient stub) {
        return intoStub(target, stub, table(target, KEY, dynamirror(target)));
    }

    /** The DynamoDB sink of Flink's own project, with its default settings: batches of 25, 50 of them in flight. */
    public static Contender intoFlinksOwnSink(Target target, StubClient stub) {
        return intoStub(
                target,
                stub,
                table(
                        target,
                        "",
                        "'connector' = 'dynamodb', 'table-name' = '" + Target.TABLE + "', 'aws.region' = '"
                                + Target.REGION + "', 'aws.endpoint' = '" + target.endpoint()
                                + "', 'aws.credentials.provider' = 'SYS_PROP'"));
    }

    /** A job that mirrors the skewed changes, and ends with them; nothing is counted but what is written. */
    public static Contender skewedIntoDynamirror(Target target) {
        return new Contender() {
            @Override
            public void write(long rows) throws InterruptedException, ExecutionException {
                RowGate.OF_THIS_JVM.grantUpTo(Long.MAX_VALUE);
                start("skewed", table(target, KEY, dynamirror(target)))
                        .getJobExecutionResult()
                        .get();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void write(long rows) throws InterruptedException {
        granted += rows;
        RowGate.OF_THIS_JVM.grantUpTo(granted);
        while (written.getAsLong() < granted) {
            if (isOver()) {
                throw new IllegalStateException("the job has ended before all rows were written");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    @Override
    public void close() {
        job.cancel().join();
    }

    private boolean isOver() throws InterruptedException {
        try {
            return job.getJobStatus().get().isGloballyTerminalState();
        } catch (ExecutionException | IllegalStateException e) {
            return true;
        }
    }

    private static Contender intoStub(Target target, StubClient stub, String sink) {
        long before = stub.counts().items();
        return new FlinkJob(
                start(target.rows().name(), sink), () -> stub.counts().items() - before);
    }

    private static JobClient start(String rows, String sink) {
        Configuration configuration = new Configuration();
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, 1);
        StreamTableEnvironment tables =
                StreamTableEnvironment.create(StreamExecutionEnvironment.getExecutionEnvironment(configuration));
        boolean large = rows.equals(RowSize.LARGE.name());
        tables.executeSql("CREATE TABLE source_rows (" + COLUMNS + (large ? ", payload STRING" : "") + KEY
                + ") WITH ('connector' = '" + RowsTableFactory.IDENTIFIER + "', 'rows' = '"
                + rows.toLowerCase(Locale.ROOT) + "')");
        tables.executeSql(sink);
        TableResult result = tables.executeSql("INSERT INTO sink_rows SELECT * FROM source_rows");
        return result.getJobClient().orElseThrow();
    }

    private static String table(Target target, String key, String options) {
        boolean large = target.rows() == RowSize.LARGE;
        return "CREATE TABLE sink_rows (" + COLUMNS + (large ? ", payload STRING" : "") + key + ") WITH (" + options
                + ")";
    }

    private static String dynamirror(Target target) {
        return "'connector' = 'dynamirror', 'table-name' = '" + Target.TABLE + "', 'endpoint' = '" + target.endpoint()
                + "', 'region' = '" + Target.REGION + "'";
    }
}
