package dev.dynamirror.flinksql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The jar that this build has made. */
final class JarFile {

    private JarFile() {}

    static Path path() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            List<Path> jars = files.filter(
                            file -> file.getFileName().toString().matches("dynamirror-flink-sql-.*(?<!-sources)\\.jar"))
                    .toList();
            if (jars.size() != 1) {
                throw new IllegalStateException("expected one jar, but found " + jars);
            }
            return jars.get(0).toAbsolutePath();
        }
    }
}
