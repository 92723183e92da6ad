package dev.dynamirror.flinksql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    void itStandsBesideFlinksOwnConnector() throws Exception {
        List<URL> jars = new ArrayList<>();
        for (String jar : Files.readString(Path.of("target", "flink-class-path"))
                .strip()
                .split(System.getProperty("path.separator"), -1)) {
            jars.add(Path.of(jar).toUri().toURL());
        }
        jars.add(JarFile.path().toUri().toURL());
        try (URLClassLoader flink =
                new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            assertThat(sinkFactory(flink, "dynamirror")).isEqualTo("dev.dynamirror.flink.sink.MirrorTableFactory");
            assertThat(sinkFactory(flink, "dynamodb"))
                    .isEqualTo("org.apache.flink.connector.dynamodb.table.DynamoDbDynamicSinkFactory");
        }
    }

    /** The class that the Flink of a class loader finds for a connector. */
    private static String sinkFactory(ClassLoader flink, String connector) throws ReflectiveOperationException {
        return flink.loadClass("org.apache.flink.table.factories.FactoryUtil")
                .getMethod("discoverFactory", ClassLoader.class, Class.class, String.class)
                .invoke(
                        null,
                        flink,
                        flink.loadClass("org.apache.flink.table.factories.DynamicTableSinkFactory"),
                        connector)
                .getClass()
                .getName();
    }

    @Test
    void itIsMadeOfWhatIsCheckedIn() throws IOException {
        List<String> made = Files.readAllLines(Path.of("target", "bundled.txt")).stream()
                // On a terminal Maven's files have colours, too.
                .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "").strip())
                .filter(line -> line.matches("[\\w.-]+:[\\w.-]+:jar:.*"))
                .map(line -> line.replaceFirst(" .*", "").replace(":jar:", ":"))
                .sorted()
                .toList();
        assertThat(made).isEqualTo(Files.readAllLines(Path.of("bundled.txt")));
    }
}
