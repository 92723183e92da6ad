package dev.dynamirror.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar that this build has packed. */
final class PackedJarIT {

    @Test
    void allClassesAreInPackagesOfItsOwn() throws IOException {
        try (ZipFile jar = new ZipFile(jar().toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class")))
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith("dev/dynamirror/parquet/"));
            assertThat(jar.stream().map(ZipEntry::getName))
                    .contains("META-INF/LICENSE", "META-INF/NOTICE", "META-INF/LICENSE-of-others")
                    .noneMatch(name -> name.startsWith("META-INF/services/"));
        }
    }

    /** What is reached by its name only is easily left out. */
    @ParameterizedTest
    @ValueSource(strings = {"types", "snappy", "gzip", "zstd", "lz4_raw", "uncompressed"})
    void itReadsWhatTheReaderReads(String name) throws Exception {
        assertThat(ParquetFile.class.getProtectionDomain().getCodeSource().getLocation())
                .isEqualTo(jar().toUri().toURL());
        try (ParquetFile file = ParquetFile.open(new BytesInMemory(BytesInMemory.ofResource(name + ".parquet")))) {
            file.select(file.names());
            int rows = 0;
            while (file.next() != null) {
                rows++;
            }
            assertThat(rows).isPositive();
        }
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            List<Path> jars = files.filter(
                            file -> file.getFileName().toString().matches("dynamirror-parquet-.*(?<!-sources)\\.jar"))
                    .toList();
            assertThat(jars).hasSize(1);
            return jars.get(0).toAbsolutePath();
        }
    }
}
