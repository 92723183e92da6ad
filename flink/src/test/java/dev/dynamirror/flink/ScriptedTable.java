package dev.dynamirror.flink;

import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.mirror.Ordering;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.oracle.Change;
import dev.dynamirror.testkit.oracle.KeyForm;
import dev.dynamirror.testkit.oracle.LiveTableScript;
import dev.dynamirror.testkit.oracle.PermittedStates;
import dev.dynamirror.testkit.oracle.RowKey;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/**
 * A random live table as the input of a job; the same in each JVM.
 *
 * @param seed of the script
 * @param changes how many the script has; a source of very many never ends in a test
 * @param form how the changes are said
 * @param window how many commits the source runs ahead of the last complete checkpoint at most
 */
record ScriptedTable(long seed, int changes, Form form, int window) implements Serializable {

    /** How the changes of a live table are said. */
    enum Form {
        /** By key: what a row is now, or that it is gone. */
        UPSERT,
        /** By row: what it was, and what it is. */
        RETRACT,
        /** By row, to a versioned mirror whose version is the row's value. */
        VERSIONED,
        /** By row, to a versioned mirror that counts its own versions. */
        OWN_VERSION
    }

    /** The name of the table in DynamoDB. */
    static final String TABLE = "scripted";

    static final TypeInformation<Row> TYPE = Types.ROW_NAMED(
            new String[] {"p", "s", "value", "payload"}, Types.STRING, Types.LONG, Types.LONG, Types.STRING);

    private static final int KEYS = 3000;

    LiveTableScript script() {
        return LiveTableScript.seeded(seed)
                .changes(changes)
                .rows(KEYS)
                .keys(KEYS)
                .keyForm(KeyForm.STRING_AND_SORT)
                .moves(2)
                .largestBurst(3)
                .largestCommit(3)
                .payload(0, 40)
                .build();
    }

    PermittedStates permitted() {
        return PermittedStates.of(script());
    }

    /** Declares the mirror, which replaces the table. */
    void mirror(StreamExecutionEnvironment environment, Live live, URI endpoint, String watcher) {
        Schema.Builder schema = Schema.newBuilder()
                .column("p", "STRING NOT NULL")
                .column("s", "BIGINT NOT NULL")
                .column("value", "BIGINT NOT NULL")
                .column("payload", "STRING");
        if (form == Form.UPSERT) {
            schema.primaryKey("p", "s");
        }
        MirrorSettings.Builder settings = DynamoDb.table(TABLE)
                .endpoint(endpoint)
                .region(Embedded.REGION)
                .partitionKey("p")
                .sortKey("s")
                .initMode(InitMode.REPLACE);
        if (form == Form.VERSIONED || form == Form.OWN_VERSION) {
            settings.ordering(Ordering.VERSIONED);
        }
        if (form == Form.VERSIONED) {
            settings.versionColumn("value");
        }
        live.write(
                live.tableEnvironment()
                        .fromChangelogStream(
                                ScriptSource.stream(environment, this, watcher),
                                schema.build(),
                                form == Form.UPSERT ? ChangelogMode.upsert() : ChangelogMode.all()),
                settings);
    }

    /** What a job is told of a change. */
    List<Row> rows(Change change) {
        dev.dynamirror.testkit.oracle.Row before = change.before();
        dev.dynamirror.testkit.oracle.Row after = change.after();
        List<Row> rows = new ArrayList<>();
        if (before != null) {
            boolean stays = after != null && after.key().equals(before.key());
            if (form != Form.UPSERT) {
                rows.add(row(after == null ? RowKind.DELETE : RowKind.UPDATE_BEFORE, before));
            } else if (!stays) {
                rows.add(row(RowKind.DELETE, before));
            }
        }
        if (after != null) {
            rows.add(row(before == null ? RowKind.INSERT : RowKind.UPDATE_AFTER, after));
        }
        return rows;
    }

    private static Row row(RowKind kind, dev.dynamirror.testkit.oracle.Row row) {
        RowKey key = row.key();
        return Row.ofKind(
                kind, key.partition(), Objects.requireNonNull(key.sort()), row.value(), "x".repeat(row.payload()));
    }
}
