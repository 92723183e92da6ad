package dev.dynamirror.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.flink.type.LiveTypes;
import dev.dynamirror.item.BadRowException;
import dev.dynamirror.item.Change;
import dev.dynamirror.item.RowEncoder;
import dev.dynamirror.mirror.DynamoDb;
import dev.dynamirror.mirror.MirrorSettings;
import dev.dynamirror.mirror.Ordering;
import dev.dynamirror.mirror.WriteMode;
import dev.dynamirror.value.LiveType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

/** Which requests Flink's rows become, as the settings say. */
class MirrorPlanTest {

    private static final RowType ROWS = RowType.of(
            new LogicalType[] {new BigIntType(false), VarCharType.STRING_TYPE, new LocalZonedTimestampType(false, 3)},
            new String[] {"id", "name", "changed"});

    private static final RowData ROW = GenericRowData.of(
            1L, StringData.fromString("Ada"), TimestampData.fromInstant(Instant.parse("2026-01-01T00:00:00Z")));

    @Test
    void rowsAreElementsOfBatchesByDefault() {
        Change put = encoder(mirror()).put(ROW);
        assertThat(put.request()).isEqualTo(Change.Request.BATCH_ELEMENT);
        assertThat(text(put)).startsWith("{\"PutRequest\":{\"Item\":{\"id\":{\"N\":\"1\"},");
    }

    @Test
    void rowsHaveTheVersionOfTheirColumn() {
        RowEncoder<RowData> encoder =
                encoder(mirror().ordering(Ordering.VERSIONED).versionColumn("changed"));
        String version = "\"ExpressionAttributeValues\":{\":v\":{\"S\":\"2026-01-01T00:00:00.000000000+0000\"}}";
        assertThat(text(encoder.put(ROW)))
                .contains("\"ConditionExpression\":\"attribute_not_exists(#v) OR #v < :v\"")
                .contains(version);
        assertThat(text(encoder.delete(ROW)))
                .startsWith("{\"TableName\":\"tabula\",\"Item\":{\"id\":{\"N\":\"1\"},"
                        + "\"changed\":{\"S\":\"2026-01-01T00:00:00.000000000+0000\"},"
                        + "\"dynamirror_deleted\":{\"BOOL\":true},\"dynamirror_expires\":{\"N\":\"1767312000\"}}")
                .contains(version);
        assertThatThrownBy(() -> encoder.delete(GenericRowData.of(1L, null, null)))
                .isInstanceOf(BadRowException.class)
                .hasMessage("table tabula: column \"changed\" of row {id=1}: the version is absent, and deletes of a"
                        + " versioned mirror need the version column as well as the key");
    }

    @Test
    void rowsHaveVersionsOfTheWriter() {
        RowEncoder<RowData> encoder = encoder(mirror().ordering(Ordering.VERSIONED));
        assertThat(text(encoder.put(ROW))).contains("{\":v\":{\"N\":\"1767225600000000000000001\"}}");
        assertThat(text(encoder.delete(GenericRowData.of(1L, null, null))))
                .contains("{\":v\":{\"N\":\"1767225600000000000000002\"}}");
    }

    @Test
    void rowsAreMerged() {
        RowEncoder<RowData> encoder = encoder(mirror().writeMode(WriteMode.MERGE));
        assertThat(text(encoder.put(ROW))).contains("\"UpdateExpression\":\"SET #0=:0,#1=:1\"");
        assertThat(encoder.delete(ROW).request()).isEqualTo(Change.Request.DELETE_ITEM);
    }

    /** Flink's RAW types are nullable whatever a schema says. */
    @Test
    void aDurationMayBeTheVersion() {
        RowType rows = RowType.of(
                new LogicalType[] {
                    new BigIntType(),
                    LiveTypes.dataType(LiveType.parse("duration")).getLogicalType()
                },
                new String[] {"id", "lasted"});
        MirrorPlan.of(
                mirror().ordering(Ordering.VERSIONED).versionColumn("lasted").build(), rows);
    }

    private static MirrorSettings.Builder mirror() {
        return DynamoDb.table("tabula").partitionKey("id");
    }

    private static RowEncoder<RowData> encoder(MirrorSettings.Builder settings) {
        MirrorPlan plan = MirrorPlan.of(settings.build(), ROWS);
        return plan.encoder(plan.settings().write().form(() -> Instant.parse("2026-01-01T00:00:00Z")));
    }

    private static String text(Change change) {
        return new String(change.wire(), StandardCharsets.UTF_8);
    }
}
