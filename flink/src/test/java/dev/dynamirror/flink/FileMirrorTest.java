package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.flink.input.FileFormat;
import dev.dynamirror.flink.input.FileInput;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.mirror.Ordering;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mirrors of files, which need no planner if the files' changes need only be written in their order. */
final class FileMirrorTest {

    private final FaultyDynamoDb db = FaultyDynamoDb.start();
    private final StreamExecutionEnvironment environment = Embedded.environment(2);
    private final Live live = Live.create(environment);

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        db.close();
    }

    @Test
    void rowsThatOnlyComeAreOrdered() throws IOException {
        FileInput rows = csv("id,item\n1,apple\n");

        assertThat(FileMirror.isOrdered(rows, mirror("id"))).isTrue();
        assertThat(FileMirror.isOrdered(rows, mirror("item"))).isTrue();
    }

    @Test
    void rowsThatMayLackTheirKeyAreNot() throws IOException {
        assertThat(FileMirror.isOrdered(csv("id,item\n1,\n2,pear\n"), mirror("item")))
                .isFalse();
        assertThat(FileMirror.isOrdered(csv("id,item\n1,\n2,pear\n"), mirror("id")))
                .isTrue();
        assertThat(FileMirror.isOrdered(csv("id,item\n1,apple\n"), mirror("colour")))
                .isFalse();
    }

    @Test
    void rowsThatReplaceEachOtherAreOrderedByTheirOwnKeyOnly() throws IOException {
        FileInput changes = csv("op,id,at,item\ninsert,1,2,apple\n").changeColumn("op");

        assertThat(FileMirror.isOrdered(changes.primaryKey(List.of("id")), mirror("id")))
                .isTrue();
        assertThat(FileMirror.isOrdered(changes.primaryKey(List.of("at")), mirror("id")))
                .isFalse();
        assertThat(FileMirror.isOrdered(changes.primaryKey(List.of("id", "at")), mirror("id")))
                .isFalse();
        assertThat(FileMirror.isOrdered(
                        changes.primaryKey(List.of("at", "id")),
                        mirror().partitionKey("id").sortKey("at").build()))
                .isTrue();
    }

    @Test
    void aDeleteMayLackTheVersionThatAMirrorWantsOfIt() throws IOException {
        FileInput changes =
                csv("op,id,version\ninsert,1,1\n").changeColumn("op").primaryKey(List.of("id"));
        MirrorSettings versioned = mirror().partitionKey("id")
                .ordering(Ordering.VERSIONED)
                .versionColumn("version")
                .build();

        assertThat(FileMirror.isOrdered(changes, versioned)).isFalse();
        assertThat(FileMirror.isOrdered(csv("id,version\n1,1\n"), versioned)).isTrue();
    }

    @Test
    void rowsThatComeAndGoByTheirValuesAreNot() throws IOException {
        assertThat(FileMirror.isOrdered(csv("id,item,__diff__\n1,apple,1\n1,fig,1\n1,apple,-1\n"), mirror("id")))
                .isFalse();
    }

    @Test
    void ofRowsWithOneKeyTheLastIsThere() throws Exception {
        live.write(csv("id,item\n1,apple\n2,pear\n1,fig\n"), mirrorOf("orders"));
        live.run();

        assertThat(items("orders")).containsExactly("1 fig", "2 pear");
        assertThat(environment.getConfig().isObjectReuseEnabled())
                .as("is for the job alone")
                .isFalse();
    }

    @Test
    void filesAndTablesOfFlinkAreOneJob() throws Exception {
        live.write(csv("id,item\n1,apple\n"), mirrorOf("orders"));
        live.write(live.tableFromFile(csv("id,item\n2,pear\n")), mirrorOf("others"));
        live.run();

        assertThat(items("orders")).containsExactly("1 apple");
        assertThat(items("others")).containsExactly("2 pear");
    }

    @Test
    void afterARunOthersMayBeDeclared() throws Exception {
        live.write(csv("id,item\n1,apple\n"), mirrorOf("orders"));
        live.run();
        assertThatThrownBy(live::run)
                .isInstanceOf(MirrorException.class)
                .hasMessage("there is nothing to run; declare a mirror with write first");
        int written = db.history("orders").size();

        live.write(csv("id,item\n2,pear\n"), mirrorOf("others"));
        live.run();

        assertThat(items("others")).containsExactly("2 pear");
        assertThat(db.history("orders")).as("is not written again").hasSize(written);
    }

    @Test
    void severalFilesAreMirroredByOneJob() throws Exception {
        live.write(csv("id,item\n1,apple\n"), mirrorOf("orders"));
        live.write(csv("id,item\n2,pear\n"), mirrorOf("others"));
        assertThatThrownBy(() -> live.write(csv("id,item\n3,fig\n"), mirrorOf("others")))
                .isInstanceOf(MirrorException.class)
                .hasMessage("there is a mirror named others already; give this one another name");
        live.run();

        assertThat(items("orders")).containsExactly("1 apple");
        assertThat(items("others")).containsExactly("2 pear");
    }

    private FileInput csv(String text) throws IOException {
        return FileInput.of(Files.writeString(Files.createTempFile(folder, "rows", ".csv"), text), FileFormat.CSV);
    }

    private static MirrorSettings mirror(String partitionKey) {
        return mirror().partitionKey(partitionKey).build();
    }

    private static MirrorSettings.Builder mirror() {
        return DynamoDb.table("orders").region(Embedded.REGION);
    }

    private MirrorSettings.Builder mirrorOf(String table) {
        return DynamoDb.table(table)
                .endpoint(db.endpoint())
                .region(Embedded.REGION)
                .partitionKey("id")
                .initMode(InitMode.CREATE_IF_NOT_EXISTS);
    }

    private List<String> items(String table) {
        return db.items(table).stream()
                .map(item -> item.get("id").get("N").asText() + " "
                        + item.get("item").get("S").asText())
                .sorted()
                .toList();
    }
}
