package dev.dynamirror.flink.input;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.assigners.FileSplitAssigner;
import org.jspecify.annotations.Nullable;

/** Has files read in their order, in which later rows of a key replace earlier ones; Flink's own begins with the last. */
final class FilesInOrder implements FileSplitAssigner {

    private final Deque<FileSourceSplit> waiting;

    FilesInOrder(Collection<FileSourceSplit> files) {
        waiting = new ArrayDeque<>(files);
    }

    @Override
    public Optional<FileSourceSplit> getNext(@Nullable String host) {
        return Optional.ofNullable(waiting.poll());
    }

    /** Takes files back from a reader that has failed. */
    @Override
    public void addSplits(Collection<FileSourceSplit> files) {
        List.copyOf(files).forEach(waiting::addFirst);
    }

    @Override
    public Collection<FileSourceSplit> remainingSplits() {
        return List.copyOf(waiting);
    }
}
