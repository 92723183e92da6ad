package dev.dynamirror.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The rows that were set aside last, as lines of JSON, the newest first; of a folder of this machine. */
final class LastBadRows implements Supplier<List<String>> {

    private static final int SHOWN = 10;

    private final Path folder;
    private final Set<Path> before;

    LastBadRows(Path folder) {
        this.folder = folder;
        this.before = Set.copyOf(files());
    }

    @Override
    public List<String> get() {
        List<String> lines = new ArrayList<>();
        try {
            for (Path file : files().stream()
                    .filter(each -> !before.contains(each))
                    .sorted(Comparator.comparing(LastBadRows::time).reversed())
                    .limit(SHOWN)
                    .toList()) {
                // What is after the last line's end is still being written.
                String text = Files.readString(file);
                List<String> complete = new ArrayList<>(
                        text.substring(0, text.lastIndexOf('\n') + 1).lines().toList());
                Collections.reverse(complete);
                lines.addAll(complete);
            }
        } catch (IOException | IllegalArgumentException e) {
            // A file was just removed.
            return List.of();
        }
        return lines.stream().limit(SHOWN).toList();
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(each -> each.getFileName().toString().startsWith("bad-rows-"))
                    .toList();
        } catch (IOException e) {
            // There is no folder yet.
            return List.of();
        }
    }

    private static long time(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }
}
