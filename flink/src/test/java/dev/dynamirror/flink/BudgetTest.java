package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import java.time.Duration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** The budget of a mirror is that of all its writers together. */
class BudgetTest {

    private static final int ROWS = 12_000;
    private static final double UNITS_PER_SECOND = 1000;

    @Test
    void fourWritersKeepTheBudgetOfTheirMirror() throws InterruptedException {
        try (FaultyDynamoDb server = FaultyDynamoDb.start()) {
            StreamExecutionEnvironment environment = Embedded.environment(4);
            Live live = Live.create(environment);
            live.tableEnvironment()
                    .executeSql("CREATE TEMPORARY TABLE numbers (id BIGINT) WITH ('connector' = 'datagen',"
                            + " 'fields.id.kind' = 'sequence', 'fields.id.start' = '1', 'fields.id.end' = '" + ROWS
                            + "')");
            live.write(
                    live.tableEnvironment().from("numbers"),
                    DynamoDb.table("numbers")
                            .endpoint(server.endpoint())
                            .region(Embedded.REGION)
                            .partitionKey("id")
                            .initMode(InitMode.CREATE_IF_NOT_EXISTS)
                            .maxWriteUnitsPerSecond(UNITS_PER_SECOND));
            live.run();

            assertThat(server.items("numbers")).hasSize(ROWS);
            double tenSeconds = server.mostWriteUnitsWithin(Duration.ofSeconds(10));
            System.out.println("write units within ten seconds: " + tenSeconds);
            // The lower bound leaves room for one writer that has fewer of the keys than the others.
            assertThat(tenSeconds).isBetween(9 * UNITS_PER_SECOND, 10.5 * UNITS_PER_SECOND);
        }
    }
}
