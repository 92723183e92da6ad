package dev.dynamirror.flink.source;

import dev.dynamirror.read.ItemPosition;
import dev.dynamirror.read.ItemSelection;
import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;

/**
 * A part of a table that one reader reads.
 *
 * @param splitId its name
 * @param selection which items it is
 * @param after where reading goes on, or null at the beginning
 */
record TableSplit(
        String splitId, ItemSelection selection, @Nullable ItemPosition after) implements SourceSplit, Serializable {

    TableSplit from(@Nullable ItemPosition position) {
        return new TableSplit(splitId, selection, position);
    }

    /** How splits are kept in checkpoints. */
    static final class Serializer implements SimpleVersionedSerializer<TableSplit> {

        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(TableSplit split) throws IOException {
            return InstantiationUtil.serializeObject(split);
        }

        @Override
        public TableSplit deserialize(int version, byte[] bytes) throws IOException {
            if (version != VERSION) {
                throw new IOException("the position in a table is kept in version " + version
                        + ", and this program knows version " + VERSION + " only");
            }
            try {
                return InstantiationUtil.deserializeObject(bytes, TableSplit.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new IOException(e);
            }
        }
    }
}
