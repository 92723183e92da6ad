package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.testkit.faulty.Fault;
import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import dev.dynamirror.testkit.oracle.PermittedStates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a job ends while DynamoDB takes far less than there is to write. */
class StopTest {

    /** Nothing takes so long that doesn't hang. */
    private static final Duration HANGING = Duration.ofSeconds(10);

    private final FaultyDynamoDb server = FaultyDynamoDb.start();
    private final StreamExecutionEnvironment environment = Embedded.environment(2);
    private final Live live = Live.create(environment);
    private final Course course;

    StopTest() throws InterruptedException {
        course = Course.of(server);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void aRunOfBoundedInputReturnsWhenEverythingIsWritten() throws Exception {
        ScriptedTable table = new ScriptedTable(1, 2000, ScriptedTable.Form.UPSERT, Integer.MAX_VALUE);
        server.partitions(1, 500, 50).faults(request -> Fault.delay(Duration.ofMillis(20)));
        mirror(table);

        live.run();

        PermittedStates permitted = table.permitted();
        course.requireTable(permitted, permitted.commits());
        course.requireEqualWithoutReplay(permitted);
        assertThat(server.mostWriteUnitsWithin(Duration.ofSeconds(1))).isBetween(300.0, 560.0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aThrottledJobIsCancelledAtOnce(boolean entirely) throws Exception {
        server.partitions(1, 200, 20);
        mirror(new ScriptedTable(1, Integer.MAX_VALUE, ScriptedTable.Form.UPSERT, Integer.MAX_VALUE));
        try (Running running = Running.start(environment, live)) {
            running.awaitThat(() -> server.appliedWrites() > 200);
            long before = server.requests("BatchWriteItem");
            server.throttleEverything(entirely);
            running.awaitThat(() -> server.requests("BatchWriteItem") > before + 3);

            long begin = System.nanoTime();
            running.job().cancel().get();
            running.awaitEnd();
            long duration = System.nanoTime() - begin;

            assertThat(Duration.ofNanos(duration)).isLessThan(HANGING);
        }
    }

    @Test
    void aThrottledJobStopsWithASavepointOnceWhatWaitsIsWritten(@TempDir Path savepoints) throws Exception {
        server.partitions(1, 200, 20);
        ScriptedTable table = new ScriptedTable(1, 2000, ScriptedTable.Form.UPSERT, 500);
        mirror(table);
        try (Running running = Running.start(environment, live)) {
            running.awaitThat(() -> server.appliedWrites() > 20);
            running.job()
                    .stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                    .get(60, TimeUnit.SECONDS);
            course.requireTable(table.permitted(), 500);
            running.awaitEnd();
        }

        course.requireTable(table.permitted(), 500);
        assertThat(course.lastCheckpoint()).isEqualTo(500);
    }

    private void mirror(ScriptedTable table) {
        table.mirror(environment, live, server.endpoint(), course.name());
    }
}
