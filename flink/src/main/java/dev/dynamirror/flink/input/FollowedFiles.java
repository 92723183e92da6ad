package dev.dynamirror.flink.input;

import dev.dynamirror.error.MirrorException;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that are looked at from time to time, and their rows, which are held in memory.
 *
 * <p>After the first look, a file is read again, or its rows are taken away, only if it is found the same twice, so that none
 * is read while it is being written. A file that can't be read any more keeps the rows that it had, and so does all else if
 * the files can't be listed: a warning says so.
 */
final class FollowedFiles {

    private static final Logger LOG = LoggerFactory.getLogger(FollowedFiles.class);

    /**
     * What tells one content of a file from another.
     *
     * @param time when it was changed, in milliseconds; -1 if there is no file
     * @param length in bytes
     */
    private record Version(long time, long length) {
        static final Version NONE = new Version(-1, -1);
    }

    private final InputFiles inputs;
    private final RowReading reading;
    private final FollowedRows rows;
    private final Map<Path, Version> read = new HashMap<>();
    private final Map<Path, Version> seen = new HashMap<>();
    private String listingProblem = "";

    /** Takes the positions of the columns by which a row is the same row. */
    FollowedFiles(InputFiles inputs, RowReading reading, int[] key) {
        this.inputs = inputs;
        this.reading = reading;
        this.rows = new FollowedRows(key);
    }

    /**
     * Reads all files.
     *
     * @return their rows
     * @throws MirrorException if one can't be read, or they can't be listed
     */
    List<Row> firstLook() {
        for (InputFile file : inputs.list(reading.format())) {
            try {
                Version version = version(file.path());
                rows.replace(file.path(), rowsOf(file));
                read.put(file.path(), version);
            } catch (IOException e) {
                throw file.place().error("the file can't be read: " + e.getMessage(), e);
            }
        }
        return rows.changes();
    }

    /** Looks again, and gives what has changed. */
    List<Row> look() {
        Map<Path, InputFile> now = new LinkedHashMap<>();
        try {
            inputs.list(reading.format()).forEach(file -> now.put(file.path(), file));
            listingProblem = "";
        } catch (MirrorException e) {
            warnOfListing(String.valueOf(e.getMessage()));
            return List.of();
        }
        Set<Path> paths = new LinkedHashSet<>(read.keySet());
        paths.addAll(now.keySet());
        paths.forEach(path -> look(path, now.get(path)));
        seen.keySet().retainAll(paths);
        read.values().removeIf(Version.NONE::equals);
        return rows.changes();
    }

    private void warnOfListing(String problem) {
        if (!problem.equals(listingProblem)) {
            listingProblem = problem;
            LOG.warn("{}; until that changes, all rows stay", problem);
        }
    }

    private void look(Path path, @Nullable InputFile file) {
        try {
            Version version = file == null ? Version.NONE : version(path);
            Version last = seen.put(path, version);
            if (version.equals(last) && !version.equals(read.getOrDefault(path, Version.NONE))) {
                read.put(path, version);
                rows.replace(path, file == null ? Map.of() : rowsOf(file));
            }
        } catch (MirrorException e) {
            LOG.warn("{}; the rows that the file had before stay", e.getMessage());
        } catch (IOException e) {
            LOG.warn("{} can't be read: {}; the rows that it had before stay", path, e.getMessage());
        }
    }

    private static Version version(Path path) throws IOException {
        if (!path.getFileSystem().exists(path)) {
            return Version.NONE;
        }
        FileStatus status = path.getFileSystem().getFileStatus(path);
        return new Version(status.getModificationTime(), status.getLen());
    }

    /** What remains of a file's rows after its last: one of each key. */
    private Map<Row, Row> rowsOf(InputFile file) throws IOException {
        Map<Row, Row> remaining = new LinkedHashMap<>();
        try (StreamFormat.Reader<Row> reader = new FlinkRowReader(reading.schema(), reading.open(file))) {
            for (Row row = reader.read(); row != null; row = reader.read()) {
                boolean goes = row.getKind() == RowKind.DELETE;
                row.setKind(RowKind.INSERT);
                Row key = rows.keyOf(row);
                if (!goes) {
                    remaining.put(key, row);
                } else if (reading.replaces() || row.equals(remaining.get(key))) {
                    remaining.remove(key);
                }
            }
        }
        return remaining;
    }
}
