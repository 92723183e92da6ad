package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.mirror.OnBadRow;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A row that nothing is wrong with as far as the mirror knows, but DynamoDB refuses it. */
class RefusedRowTest {

    private static final int ROWS = 200;
    private static final int BAD = 77;

    private final FaultyDynamoDb db = FaultyDynamoDb.start();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        db.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void setAsideItTakesNoNeighbourWithIt(int writers) throws InterruptedException {
        refuse();

        run(writers, mirror().onBadRow(OnBadRow.SET_ASIDE).badRows(folder.toString()));

        assertThat(keys()).isEqualTo(neighbours());
        assertThat(lines())
                .singleElement()
                .asString()
                .startsWith("{\"table\":\"Live\",\"mirror\":\"Live\",\"change\":\"put\",\"key\":\"{key=77}\"")
                .contains("the test refuses this item")
                .endsWith("}");
    }

    @Test
    void refusedItFailsTheMirrorOnceItsNeighboursAreWritten() {
        refuse();

        assertThatThrownBy(() -> run(1, mirror()))
                .isInstanceOf(MirrorException.class)
                .hasMessage("table Live: DynamoDB refused to put the item of key 77: ValidationException: One or more"
                        + " parameter values were invalid: the test refuses this item; such rows can be set aside"
                        + " (on-bad-row)");
        assertThat(keys()).isEqualTo(neighbours());
    }

    private void refuse() {
        db.refuse(item -> item.path("key").path("N").asInt() == BAD);
    }

    private void run(int writers, MirrorSettings.Builder mirror) throws InterruptedException {
        StreamExecutionEnvironment environment = Embedded.environment(writers);
        Feed feed = Feed.of(IntStream.range(0, ROWS).mapToObj(Row::of).toArray(Row[]::new));
        feed.end();
        Live live = Live.create(environment);
        live.write(
                live.tableEnvironment()
                        .fromChangelogStream(
                                feed.stream(environment, Types.ROW_NAMED(new String[] {"key"}, Types.INT)),
                                Schema.newBuilder()
                                        .column("key", "INT NOT NULL")
                                        .build(),
                                ChangelogMode.insertOnly()),
                mirror);
        live.run();
    }

    private MirrorSettings.Builder mirror() {
        return DynamoDb.table("Live")
                .endpoint(db.endpoint())
                .region(Embedded.REGION)
                .partitionKey("key")
                .initMode(InitMode.CREATE_IF_NOT_EXISTS);
    }

    private static Set<Integer> neighbours() {
        return IntStream.range(0, ROWS).filter(key -> key != BAD).boxed().collect(Collectors.toSet());
    }

    private Set<Integer> keys() {
        return db.items("Live").stream()
                .map(item -> item.path("key").path("N").asInt())
                .collect(Collectors.toSet());
    }

    private List<String> lines() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.flatMap(RefusedRowTest::lines).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
