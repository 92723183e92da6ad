package dev.dynamirror.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

/** Which rows are handed on as they are. */
final class UncopiedRowsTest {

    private final StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    private final GenericRowData row = GenericRowData.of(7L, StringData.fromString("apple"));
    private final DataStream<RowData> rows = environment
            .fromData(
                    InternalTypeInfo.of(RowType.of(new BigIntType(), new VarCharType(VarCharType.MAX_LENGTH))),
                    (RowData) row)
            .setParallelism(1);

    @Test
    void aRowStaysTheSameObjectInAChain() {
        TypeSerializer<RowData> serializer = serializer(UncopiedRows.of(rows, 1));

        assertThat(serializer.copy(row)).isSameAs(row);
        assertThat(serializer.duplicate().copy(row, GenericRowData.of(0L, null)))
                .isSameAs(row);
        assertThat(serializer(rows).copy(row)).isNotSameAs(row).isEqualTo(row);
    }

    @Test
    void itsBytesAreThoseOfTheOthers() throws Exception {
        DataOutputSerializer bytes = new DataOutputSerializer(64);
        serializer(UncopiedRows.of(rows, 1)).serialize(row, bytes);
        DataInputDeserializer input = new DataInputDeserializer(bytes.getCopyOfBuffer());

        RowData read = serializer(rows).deserialize(input);

        assertThat(read.getLong(0)).isEqualTo(7);
        assertThat(read.getString(1)).hasToString("apple");
    }

    @Test
    void rowsThatTravelAreLeftAlone() {
        assertThat(UncopiedRows.of(rows, 2)).isSameAs(rows);
        DataStream<RowData> shuffled = rows.rebalance();
        assertThat(UncopiedRows.of(shuffled, 1)).isSameAs(shuffled);
    }

    private TypeSerializer<RowData> serializer(DataStream<RowData> stream) {
        return stream.getType().createSerializer(environment.getConfig().getSerializerConfig());
    }
}
