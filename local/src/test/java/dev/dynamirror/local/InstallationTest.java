package dev.dynamirror.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
final class InstallationTest {

    @TempDir
    private Path cache;

    private final List<String> progress = new ArrayList<>();

    @Test
    void isFetchedIntoAnEmptyCacheOnce() throws Exception {
        Installation fetched = Installation.findOrFetch(cache, "mvn", progress::add);

        Path folder = cache.resolve("dynamodb-local-2.6.1");
        assertThat(fetched).isEqualTo(new Installation(folder));
        assertThat(folder.resolve("DynamoDBLocal-2.6.1.jar")).isRegularFile();
        assertThat(folder.resolve("LICENSE.txt")).content().startsWith("Amazon DynamoDB Local License Agreement");
        assertThat(fetched.archive()).isNotNull();
        assertThat(cache.resolve("fetch")).doesNotExist();
        assertThat(progress)
                .containsExactly(
                        "fetching DynamoDB Local 2.6.1 with Maven (once), under Amazon's own terms,"
                                + " the Amazon DynamoDB Local License Agreement: " + folder.resolve("LICENSE.txt"),
                        "preparing DynamoDB Local for this JVM (once)");

        progress.clear();
        assertThat(Installation.findOrFetch(cache, "no-maven-needed", progress::add))
                .isEqualTo(fetched);
        assertThat(progress).isEmpty();
    }

    @Test
    void saysWhatToInstallWithoutMaven() {
        assertThatThrownBy(() -> Installation.findOrFetch(cache, "no-such-mvn", progress::add))
                .isInstanceOf(LocalDynamoDbException.class)
                .hasMessage(
                        "DynamoDB Local is not on this machine yet, and Maven, which is to fetch it, was not found (no-such-mvn):"
                                + " install Maven 3.8 or newer (on Debian: apt install maven) and try again");
        assertThat(cache.resolve("dynamodb-local-2.6.1")).doesNotExist();
    }

    @Test
    void saysWhatMavenSaid() throws Exception {
        Path failing = Files.writeString(cache.resolve("mvn"), """
                #!/bin/sh
                echo '[WARNING] beside the point'
                echo '[ERROR] Could not transfer artifact: Network is unreachable'
                echo '[ERROR] To see the full stack trace, re-run Maven with the -e switch.'
                exit 1
                """);
        Files.setPosixFilePermissions(failing, PosixFilePermissions.fromString("rwx------"));
        assertThatThrownBy(() -> Installation.findOrFetch(cache, failing.toString(), progress::add))
                .isInstanceOf(LocalDynamoDbException.class)
                .hasMessage("DynamoDBLocal 2.6.1 could not be fetched with Maven (is the network there?):"
                        + " Could not transfer artifact: Network is unreachable");
        assertThat(cache.resolve("dynamodb-local-2.6.1")).doesNotExist();
    }

    @Test
    void theCacheFolderIsWhereTheDesktopSpecificationSays() {
        Path home = Path.of("/home/ada");
        assertThat(CacheFolder.of(null, home)).isEqualTo(Path.of("/home/ada/.cache/dynamirror"));
        assertThat(CacheFolder.of("", home)).isEqualTo(Path.of("/home/ada/.cache/dynamirror"));
        assertThat(CacheFolder.of("relative", home)).isEqualTo(Path.of("/home/ada/.cache/dynamirror"));
        assertThat(CacheFolder.of("/var/cache/ada", home)).isEqualTo(Path.of("/var/cache/ada/dynamirror"));
    }
}
