package dev.dynamirror.flink.sink;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.transformations.PartitionTransformation;
import org.apache.flink.streaming.runtime.partitioner.ForwardPartitioner;
import org.apache.flink.table.data.RowData;
import org.jspecify.annotations.Nullable;

/**
 * The type of rows that Flink hands from one operator of a chain to the next as they are. By default it makes a copy for each, as
 * an operator might keep or change what another still uses; the gate and the writer do neither: a row is bytes before the
 * writer returns.
 */
final class UncopiedRows extends TypeInformation<RowData> {

    private static final long serialVersionUID = 1L;

    private final TypeInformation<RowData> type;

    private UncopiedRows(TypeInformation<RowData> type) {
        this.type = type;
    }

    /**
     * The rows, which are not copied for the operator that takes them, if it is to be in one chain with the one that gives them.
     *
     * @param parallelism that of the operator that takes them
     */
    static DataStream<RowData> of(DataStream<RowData> rows, int parallelism) {
        boolean isShuffled = rows.getTransformation() instanceof PartitionTransformation<?>;
        if (isShuffled || rows.getParallelism() != parallelism) {
            return rows;
        }
        PartitionTransformation<RowData> uncopied =
                new PartitionTransformation<>(rows.getTransformation(), new ForwardPartitioner<>());
        uncopied.setOutputType(new UncopiedRows(rows.getType()));
        return new DataStream<>(rows.getExecutionEnvironment(), uncopied);
    }

    @Override
    public TypeSerializer<RowData> createSerializer(SerializerConfig config) {
        return new Serializer(type.createSerializer(config));
    }

    @Override
    public boolean isBasicType() {
        return type.isBasicType();
    }

    @Override
    public boolean isTupleType() {
        return type.isTupleType();
    }

    @Override
    public int getArity() {
        return type.getArity();
    }

    @Override
    public int getTotalFields() {
        return type.getTotalFields();
    }

    @Override
    public Class<RowData> getTypeClass() {
        return type.getTypeClass();
    }

    @Override
    public boolean isKeyType() {
        return type.isKeyType();
    }

    @Override
    public boolean canEqual(@Nullable Object other) {
        return other instanceof UncopiedRows;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UncopiedRows uncopied && uncopied.type.equals(type);
    }

    @Override
    public int hashCode() {
        return Objects.hash(UncopiedRows.class, type);
    }

    @Override
    public String toString() {
        return type.toString();
    }

    /** Another serializer of rows, without its copies. */
    private static final class Serializer extends TypeSerializer<RowData> {

        private static final long serialVersionUID = 1L;

        private final TypeSerializer<RowData> serializer;

        Serializer(TypeSerializer<RowData> serializer) {
            this.serializer = serializer;
        }

        @Override
        public RowData copy(RowData row) {
            return row;
        }

        @Override
        public RowData copy(RowData row, RowData reuse) {
            return row;
        }

        @Override
        public boolean isImmutableType() {
            return false;
        }

        @Override
        public TypeSerializer<RowData> duplicate() {
            return new Serializer(serializer.duplicate());
        }

        @Override
        public RowData createInstance() {
            return serializer.createInstance();
        }

        @Override
        public int getLength() {
            return serializer.getLength();
        }

        @Override
        public void serialize(RowData row, DataOutputView target) throws IOException {
            serializer.serialize(row, target);
        }

        @Override
        public RowData deserialize(DataInputView source) throws IOException {
            return serializer.deserialize(source);
        }

        @Override
        public RowData deserialize(RowData reuse, DataInputView source) throws IOException {
            return serializer.deserialize(reuse, source);
        }

        @Override
        public void copy(DataInputView source, DataOutputView target) throws IOException {
            serializer.copy(source, target);
        }

        @Override
        public TypeSerializerSnapshot<RowData> snapshotConfiguration() {
            return serializer.snapshotConfiguration();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Serializer rows && rows.serializer.equals(serializer);
        }

        @Override
        public int hashCode() {
            return Objects.hash(Serializer.class, serializer);
        }
    }
}
