package dev.dynamirror.flink.input;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of a JSON Lines file, read one after another. */
interface JsonRowSource extends Closeable {

    /** The next row, or null at the end. */
    @Nullable
    JsonRow next() throws IOException;
}
