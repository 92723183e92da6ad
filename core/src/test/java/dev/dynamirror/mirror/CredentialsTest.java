package dev.dynamirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dynamirror.ChildJvm;
import dev.dynamirror.testkit.oracle.RowKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Credentials that expire while a mirror writes, in a JVM of its own, as one that has found no credentials once looks for
 * none any more.
 */
@Timeout(120)
final class CredentialsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final FaultyTable table = new FaultyTable();

    @TempDir
    private Path home;

    @AfterEach
    void stop() {
        table.close();
    }

    @Test
    void thoseOfAContainerAreRenewedWhenDynamoDbSaysThatTheyHaveExpired() throws Exception {
        writesThrough(
                Map.of(
                        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                        table.db.credentialsEndpoint().toString()),
                key -> table.db.giveAccessKey(key, HOUR));
    }

    @Test
    void thoseOfAProfileAreReadAgainWhenItsFileWasRewritten() throws Exception {
        writesThrough(Map.of("AWS_SHARED_CREDENTIALS_FILE", credentials().toString()), this::writeProfile);
    }

    /** Newer ones may come some time after the old ones have expired. */
    @Test
    void aMirrorWaitsForNewerOnes() throws Exception {
        try (ChildJvm probe = start(Map.of(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                table.db.credentialsEndpoint().toString()))) {
            awaitMore(500);
            table.db.expireAccessKey("AKID1");
            long requests = table.db.requests("BatchWriteItem");
            await().until(() -> table.db.requests("BatchWriteItem") > requests + 2);
            long before = table.db.appliedWrites();
            table.db.giveAccessKey("AKID2", HOUR);
            await().atMost(Duration.ofSeconds(60)).until(() -> table.db.appliedWrites() > before);
            end(probe);
        }
    }

    private interface Giver {
        void give(String accessKeyId) throws IOException;
    }

    private void writesThrough(Map<String, String> environment, Giver giver) throws Exception {
        giver.give("AKID1");
        try (ChildJvm probe = start(environment)) {
            for (int key = 1; key < 5; key++) {
                awaitMore(500);
                giver.give("AKID" + (key + 1));
                table.db.expireAccessKey("AKID" + key);
            }
            awaitMore(500);
            end(probe);
        }
    }

    private ChildJvm start(Map<String, String> environment) throws IOException {
        table.open().close();
        Map<String, String> all = new HashMap<>(environment);
        all.putIfAbsent("AWS_SHARED_CREDENTIALS_FILE", home.resolve("none").toString());
        all.put("AWS_CONFIG_FILE", home.resolve("none").toString());
        return ChildJvm.start(
                home,
                all,
                List.of("-XX:TieredStopAtLevel=1"),
                CredentialsProbe.class,
                table.db.endpoint().toString());
    }

    private void awaitMore(long writes) {
        long before = table.db.appliedWrites();
        await().atMost(Duration.ofSeconds(60)).until(() -> table.db.appliedWrites() >= before + writes);
    }

    /** Nothing was lost, and nothing older came after newer. */
    private void end(ChildJvm probe) throws Exception {
        probe.tell("stop");
        long given = Long.parseLong(probe.end().get(0));
        Map<String, Long> last = new HashMap<>();
        table.db.history(FaultyTable.NAME).forEach(write -> {
            String key = write.key().path("key").path("S").asText();
            long value = write.after() == null
                    ? 0
                    : write.after().path("value").path("N").asLong();
            assertThat(value).isGreaterThanOrEqualTo(last.getOrDefault(key, 0L));
            last.put(key, value);
        });
        Map<Object, Object> expected = new HashMap<>();
        for (int key = 0; key < CredentialsProbe.KEYS; key++) {
            expected.put(new RowKey("k" + key, null), given - CredentialsProbe.KEYS + key + 1);
        }
        assertThat(table.items()).isEqualTo(expected);
    }

    private Path credentials() {
        return home.resolve("credentials");
    }

    /** In one step, as a file that is half written has no credentials. */
    private void writeProfile(String accessKeyId) throws IOException {
        Path next = Files.writeString(
                home.resolve("next"),
                "[default]\naws_access_key_id = " + accessKeyId + "\naws_secret_access_key = s3cret\n");
        Files.move(next, credentials(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
