package dev.dynamirror.flinksql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What is in the jar, and what must not be. */
final class ShadedJarIT {

    @Test
    void allClassesAreInPackagesOfItsOwn() throws IOException {
        try (ZipFile jar = new ZipFile(JarFile.path().toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class")))
                    .isNotEmpty()
                    .allMatch(name -> name.matches("(dev/dynamirror/|software/amazon/awssdk/crt/).*"));
        }
    }

    @Test
    void servicesNameClassesThatAreThere() throws IOException {
        try (ZipFile jar = new ZipFile(JarFile.path().toFile())) {
            List<? extends ZipEntry> services = jar.stream()
                    .filter(entry -> entry.getName().startsWith("META-INF/services/") && !entry.isDirectory())
                    .toList();
            assertThat(services)
                    .extracting(ZipEntry::getName)
                    .contains(
                            "META-INF/services/org.apache.flink.table.factories.Factory",
                            "META-INF/services/dev.dynamirror.shaded.software.amazon.awssdk.http.SdkHttpService");
            for (ZipEntry service : services) {
                String text = new String(jar.getInputStream(service).readAllBytes(), StandardCharsets.UTF_8);
                assertThat(text.lines().map(line -> line.replaceFirst("#.*", "").strip()))
                        .as(service.getName())
                        .filteredOn(line -> !line.isEmpty())
                        .isNotEmpty()
                        .allMatch(name -> jar.getEntry(name.replace('.', '/') + ".class") != null);
            }
        }
    }

    @Test
    void itIsMadeOfWhatIsCheckedIn() throws IOException {
        List<String> made = Files.readAllLines(Path.of("target", "bundled.txt")).stream()
                .map(String::strip)
                .filter(line -> line.matches("[\\w.-]+:[\\w.-]+:jar:.*"))
                .map(line -> line.replaceFirst(" .*", "").replace(":jar:", ":"))
                .sorted()
                .toList();
        assertThat(made).isEqualTo(Files.readAllLines(Path.of("bundled.txt")));
    }
}
