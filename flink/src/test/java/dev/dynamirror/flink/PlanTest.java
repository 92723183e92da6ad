package dev.dynamirror.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.mirror.MergeDeletes;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.mirror.Ordering;
import dev.dynamirror.mirror.Transport;
import dev.dynamirror.mirror.VersionedDeletes;
import dev.dynamirror.mirror.WriteMode;
import dev.dynamirror.table.BillingMode;
import dev.dynamirror.table.DeletionProtection;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.table.StreamView;
import dev.dynamirror.table.TableClass;
import dev.dynamirror.table.TableSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

/** Which operators and shuffles a mirror's job is made of. */
class PlanTest {

    private static final Pattern OPERATOR = Pattern.compile("\"type\" : \"([^\"]*?)(?:\\[\\d+])?\"");
    private static final Pattern SHUFFLE = Pattern.compile("\"ship_strategy\" : \"(HASH|CUSTOM|REBALANCE)\"");

    private static final TypeInformation<Row> TYPE =
            Types.ROW_NAMED(new String[] {"key", "value"}, Types.LONG, Types.STRING);

    /** Keeps the job that it is to run. */
    @SuppressWarnings("try") // its close is Flink's
    private static final class Drawer extends StreamExecutionEnvironment {
        private String plan = "";

        Drawer(int parallelism) {
            super(new Configuration());
            setParallelism(parallelism);
        }

        @Override
        public JobClient executeAsync(StreamGraph job) {
            plan = job.getStreamingPlanAsJSON();
            throw new UnsupportedOperationException("only drawn");
        }
    }

    private Drawer drawer = new Drawer(1);

    @Test
    void insertsNeedNoState() {
        plan(changes(ChangelogMode.insertOnly()));

        assertThat(operators()).contains("mirror tabula: prepare", "mirror tabula: Writer");
        assertThat(operators()).doesNotContain("SinkMaterializer");
        assertThat(shuffles()).isEmpty();
    }

    @Test
    void insertsAreShuffledOnceToSeveralWriters() {
        drawer = new Drawer(4);
        plan(changes(ChangelogMode.insertOnly()));

        assertThat(operators()).doesNotContain("SinkMaterializer");
        assertThat(shuffles()).containsExactly("CUSTOM");
    }

    @Test
    void rowsThatComeAndGoNeedState() {
        plan(changes(ChangelogMode.all()));

        assertThat(operators()).contains("SinkMaterializer");
        assertThat(shuffles()).containsExactly("HASH");
    }

    @Test
    void stateShufflesForTheWritersToo() {
        drawer = new Drawer(4);
        plan(changes(ChangelogMode.all()));

        assertThat(operators()).contains("SinkMaterializer");
        assertThat(shuffles()).containsExactly("HASH");
    }

    @Test
    void rowsThatAreKeyedAlreadyNeedNoState() {
        drawer = new Drawer(4);
        plan(query("SELECT `key`, COUNT(*) AS rows_of_key FROM changes GROUP BY `key`"));

        assertThat(operators()).contains("GroupAggregate").doesNotContain("SinkMaterializer");
        // One for the query, one for the mirror.
        assertThat(shuffles()).containsExactly("HASH", "CUSTOM");
    }

    @Test
    void rowsThatAreKeyedOtherwiseNeedState() {
        plan(query("SELECT COUNT(*) AS `key`, `value` FROM changes GROUP BY `value`"));

        assertThat(operators()).contains("GroupAggregate", "SinkMaterializer");
        assertThat(shuffles()).containsExactly("HASH", "HASH");
    }

    @Test
    void aKeyThatMayBeAbsentIsCheckedAndStaysKeyed() {
        plan(query("SELECT `value` AS `key`, COUNT(*) AS rows_of_key FROM changes GROUP BY `value`"));

        assertThat(operators()).contains("Calc").doesNotContain("SinkMaterializer");
        assertThat(drawer.plan).contains("KeyPresent");
        assertThat(shuffles()).containsExactly("HASH");
    }

    /** Those of an upsert source may have nothing but the key, from which Flink makes full ones of its state. */
    @Test
    void onlyDeletesOfAVersionColumnNeedMoreThanTheKey() {
        Function<StreamTableEnvironment, Table> upserts = tables -> tables.fromChangelogStream(
                drawer.fromSequence(1, 2).map(n -> Row.of(n, "a"), TYPE),
                Schema.newBuilder()
                        .column("key", "BIGINT NOT NULL")
                        .column("value", "STRING NOT NULL")
                        .primaryKey("key")
                        .build(),
                ChangelogMode.upsert());
        plan(upserts);
        assertThat(operators()).doesNotContain("ChangelogNormalize");
        plan(upserts, mirror().ordering(Ordering.VERSIONED));
        assertThat(operators()).doesNotContain("ChangelogNormalize");
        plan(upserts, mirror().ordering(Ordering.VERSIONED).versionColumn("value"));
        assertThat(operators()).contains("ChangelogNormalize");
    }

    @Test
    void everySettingOfWritingIsAnOptionOfTheSink() {
        Live live = Live.create(drawer);
        live.write(
                changes(ChangelogMode.insertOnly()).apply(live.tableEnvironment()),
                mirror().maxWriteUnitsPerSecond(12.5)
                        .giveUpAfter(Duration.ofSeconds(90))
                        .writeMode(WriteMode.MERGE)
                        .mergeDeletes(MergeDeletes.ATTRIBUTES)
                        .ordering(Ordering.VERSIONED)
                        .versionColumn("version")
                        .versionedDeletes(VersionedDeletes.TOMBSTONE)
                        .tombstoneRetention(Duration.ofHours(36))
                        .transport(Transport.SDK));
        assertThat(declaration(live))
                .contains("'max-write-units-per-second' = '12.5'")
                .contains("'give-up-after' = '90 s'")
                .contains("'write-mode' = 'merge'")
                .contains("'merge-deletes' = 'attributes'")
                .contains("'ordering' = 'versioned'")
                .contains("'version-column' = 'version'")
                .contains("'versioned-deletes' = 'tombstone'")
                .contains("'tombstone-retention' = '36 h'")
                .contains("'transport' = 'sdk'");
    }

    @Test
    void everySettingOfACreatedTableIsAnOptionOfTheSink() {
        Live live = Live.create(drawer);
        TableSettings table = TableSettings.builder()
                .billingMode(BillingMode.PROVISIONED)
                .readCapacity(2)
                .writeCapacity(3)
                .warmReadUnitsPerSecond(13_000)
                .warmWriteUnitsPerSecond(5_000)
                .tableClass(TableClass.INFREQUENT_ACCESS)
                .encryptionKey("alias/mine")
                .tags("team=shop, stage=a=b")
                .ttlAttribute("version")
                .deletionProtection(DeletionProtection.ON)
                .stream(StreamView.NEW_AND_OLD_IMAGES)
                .globalIndexes("by-value(value, version) include(\"a b\")")
                .replaceProtected()
                .build();
        live.write(
                changes(ChangelogMode.insertOnly()).apply(live.tableEnvironment()),
                mirror().initMode(InitMode.REPLACE).tableSettings(table));
        assertThat(declaration(live))
                .contains("'billing-mode' = 'provisioned'")
                .contains("'read-capacity' = '2'")
                .contains("'write-capacity' = '3'")
                .contains("'warm-read-units-per-second' = '13000'")
                .contains("'warm-write-units-per-second' = '5000'")
                .contains("'table-class' = 'infrequent-access'")
                .contains("'encryption-key' = 'alias/mine'")
                .contains("'tags' = 'stage=a=b, team=shop'")
                .contains("'ttl-attribute' = 'version'")
                .contains("'deletion-protection' = 'on'")
                .contains("'stream' = 'new-and-old-images'")
                .contains("'global-indexes' = 'by-value(value, version) include(\"a b\")'")
                .contains("'replace-protected' = 'true'");
    }

    @Test
    void whatIsNotSetIsNoOptionOfTheSink() {
        Live live = Live.create(drawer);
        live.write(changes(ChangelogMode.insertOnly()).apply(live.tableEnvironment()), mirror());
        assertThat(declaration(live))
                .contains("'give-up-after' = '15 min'")
                .contains("'write-mode' = 'put'")
                .contains("'ordering' = 'in-order'")
                .contains("'transport' = 'direct'")
                .doesNotContain("max-write-units", "merge-deletes", "version-column", "versioned-deletes", "tombstone")
                .doesNotContain("billing-mode", "capacity", "warm", "table-class", "encryption", "tags", "ttl")
                .doesNotContain("deletion-protection", "stream", "indexes", "replace-protected");
    }

    private static String declaration(Live live) {
        return String.valueOf(live.tableEnvironment()
                .executeSql("SHOW CREATE TABLE `mirror tabula`")
                .collect()
                .next()
                .getField(0));
    }

    private static MirrorSettings.Builder mirror() {
        return DynamoDb.table("tabula").partitionKey("key");
    }

    private void plan(Function<StreamTableEnvironment, Table> query) {
        plan(query, mirror());
    }

    private void plan(Function<StreamTableEnvironment, Table> query, MirrorSettings.Builder mirror) {
        Live live = Live.create(drawer);
        live.write(query.apply(live.tableEnvironment()), mirror);
        assertThatThrownBy(live::run).hasRootCauseMessage("only drawn");
    }

    private Function<StreamTableEnvironment, Table> changes(ChangelogMode mode) {
        return tables -> tables.fromChangelogStream(
                drawer.fromSequence(1, 2).map(n -> Row.of(n, "a"), TYPE),
                Schema.newBuilder()
                        .column("key", "BIGINT NOT NULL")
                        .column("value", "STRING")
                        .columnByExpression("version", "`key` + 1")
                        .build(),
                mode);
    }

    private Function<StreamTableEnvironment, Table> query(String sql) {
        return tables -> {
            tables.createTemporaryView(
                    "changes", changes(ChangelogMode.insertOnly()).apply(tables));
            return tables.sqlQuery(sql);
        };
    }

    private List<String> operators() {
        return all(OPERATOR);
    }

    private List<String> shuffles() {
        return all(SHUFFLE);
    }

    private List<String> all(Pattern pattern) {
        return pattern.matcher(drawer.plan)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
