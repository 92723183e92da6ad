package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;

/** Four sources, four writers, and many rows of each key: the last row of a key is what stays. */
@WithLocalDynamoDb
class ParallelismTest {

    private static final TypeInformation<Row> TYPE =
            Types.ROW_NAMED(new String[] {"key", "number"}, Types.DOUBLE, Types.LONG);

    private final LocalDynamoDb database;
    private final StreamExecutionEnvironment environment = Embedded.environment(4);
    private final Live live = Live.create(environment);

    ParallelismTest(LocalDynamoDb database) {
        this.database = database;
    }

    @Test
    void theLastRowOfEachKeyStays(@TableName String table) throws InterruptedException {
        // Also: four writers, one of which could replace what another has written, if each prepared the table.
        mirror(table, ChangelogMode.insertOnly(), numbers().map(n -> Row.of(zeroOfEitherSign(key(n), n), n), TYPE));

        assertThat(Items.of(database, table)).isEqualTo(lastOfEachKey());
    }

    @Test
    void theLastLivingRowOfEachKeyStays(@TableName String table) throws InterruptedException {
        DataStream<Row> changes = numbers()
                .flatMap(
                        (n, out) -> {
                            out.collect(Row.of(key(n), n));
                            // A row that follows is gone at once.
                            out.collect(Row.of(key(n), -n - 1));
                            out.collect(Row.ofKind(RowKind.DELETE, key(n), -n - 1));
                        },
                        TYPE);

        mirror(table, ChangelogMode.all(), changes);

        assertThat(Items.of(database, table)).isEqualTo(lastOfEachKey());
    }

    /** Each source has one thousand of these, in order. */
    private DataStream<Long> numbers() {
        return environment.fromSequence(0, 3999);
    }

    /** Each source has 25 keys of its own. */
    private static double key(long n) {
        return n / 1000 * 25 + n % 25;
    }

    /** Two numbers for Flink, one key for DynamoDB. */
    private static double zeroOfEitherSign(double key, long n) {
        return key == 0 && n % 2 == 0 ? -0.0 : key;
    }

    private static List<String> lastOfEachKey() {
        return LongStream.range(0, 100)
                .mapToObj(key -> "{\"key\":{\"N\":\"" + key + "\"},\"number\":{\"N\":\""
                        + (key / 25 * 1000 + 975 + key % 25) + "\"}}")
                .toList();
    }

    private void mirror(String table, ChangelogMode mode, DataStream<Row> rows) throws InterruptedException {
        Table changes = live.tableEnvironment()
                .fromChangelogStream(
                        rows,
                        Schema.newBuilder()
                                .column("key", "DOUBLE NOT NULL")
                                .column("number", "BIGINT")
                                .build(),
                        mode);
        live.write(changes, Embedded.mirror(database, table).partitionKey("key").initMode(InitMode.REPLACE));
        live.run();
    }
}
