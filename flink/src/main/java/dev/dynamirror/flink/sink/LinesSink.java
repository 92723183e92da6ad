package dev.dynamirror.flink.sink;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** The sink of one task that writes lines of text into one file, which is replaced. */
final class LinesSink implements Sink<String> {

    private static final long serialVersionUID = 1L;

    private final String path;

    /**
     * A sink of a file.
     *
     * @param path a path of one of Flink's file systems
     */
    LinesSink(String path) {
        this.path = path;
    }

    @Override
    public SinkWriter<String> createWriter(WriterInitContext context) throws IOException {
        Path file = new Path(path);
        return new LinesWriter(new BufferedWriter(new OutputStreamWriter(
                file.getFileSystem().create(file, FileSystem.WriteMode.OVERWRITE), StandardCharsets.UTF_8)));
    }

    /**
     * Writes the lines.
     *
     * @param file the open file
     */
    private record LinesWriter(Writer file) implements SinkWriter<String> {

        @Override
        public void write(String line, Context context) throws IOException {
            file.append(line).append('\n');
        }

        @Override
        public void flush(boolean endOfInput) throws IOException {
            file.flush();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
