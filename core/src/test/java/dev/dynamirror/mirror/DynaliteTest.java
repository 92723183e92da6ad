package dev.dynamirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.NodePackages;
import dev.dynamirror.testkit.Ports;
import dev.dynamirror.value.Schema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Tables that are slow to come and to go, in a server that others have written: dynalite, which npm fetches. There are no tests
 * where npm is not.
 */
final class DynaliteTest {

    private static final String PACKAGE = "dynalite@4.0.0";
    private static final String TABLE_MS = "400";
    private static final Schema SCHEMA = Schema.parse("id int, item str");

    @TestFactory
    Stream<DynamicTest> slowTables() {
        return NodePackages.canBeFetched()
                ? Stream.of(DynamicTest.dynamicTest("are created, waited for, and replaced", DynaliteTest::initModes))
                : Stream.empty();
    }

    private static void initModes() throws IOException, InterruptedException {
        Path folder = NodePackages.fetch(Path.of("target", "dynalite"), PACKAGE);
        int port = Ports.free();
        Process server = new ProcessBuilder(
                        "node",
                        folder.resolve("node_modules/dynalite/cli.js").toString(),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--createTableMs",
                        TABLE_MS,
                        "--deleteTableMs",
                        TABLE_MS)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("dynalite.log").toFile())
                .start();
        try {
            await().until(() -> answers(port));
            URI endpoint = URI.create("http://127.0.0.1:" + port);
            write(endpoint, InitMode.CREATE_IF_NOT_EXISTS, 1);
            write(endpoint, InitMode.DEFAULT, 2);
            assertThat(ids(endpoint)).containsExactlyInAnyOrder(1L, 2L);
            write(endpoint, InitMode.REPLACE, 3);
            write(endpoint, InitMode.CREATE_IF_NOT_EXISTS, 4);
            assertThat(ids(endpoint)).containsExactlyInAnyOrder(3L, 4L);
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private static void write(URI endpoint, InitMode mode, int id) throws InterruptedException {
        try (Mirror mirror = Mirror.open(settings(endpoint).partitionKey("id").initMode(mode), SCHEMA)) {
            mirror.put(Map.of("id", id, "item", "apple"));
        }
    }

    private static List<Object> ids(URI endpoint) {
        try (TableReader reader = TableReader.open(settings(endpoint).schema(SCHEMA))) {
            return reader.scan()
                    .<Object>map(row -> Objects.requireNonNull(row.get("id")))
                    .toList();
        }
    }

    private static MirrorSettings.Builder settings(URI endpoint) {
        return DynamoDb.table("orders").endpoint(endpoint).region("eu-central-1");
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
