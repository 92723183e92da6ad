package dev.dynamirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dynamirror.ScriptedDynamoDb;
import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.BadRowException;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.read.ItemJson;
import dev.dynamirror.read.TableScan;
import dev.dynamirror.table.InitMode;
import dev.dynamirror.testkit.TableName;
import dev.dynamirror.testkit.WithLocalDynamoDb;
import dev.dynamirror.value.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class MirrorTest {

    private static final Schema SCHEMA = Schema.parse("key int, value str?");

    @Nested
    @WithLocalDynamoDb
    final class OnDynamoDbLocal {

        private final LocalDynamoDb database;
        private final String table;

        OnDynamoDbLocal(LocalDynamoDb database, @TableName String table) {
            this.database = database;
            this.table = table;
        }

        @Test
        void putsAndDeletes() throws InterruptedException {
            try (Mirror mirror = open(InitMode.CREATE_IF_NOT_EXISTS, SCHEMA)) {
                mirror.put(Map.of("key", 1, "value", "Hello"));
                mirror.put(Map.of("key", 2, "value", "World"));
                mirror.put(Map.of("key", 3));
                mirror.flush();
                assertThat(items())
                        .containsExactly(
                                "{\"key\":1,\"value\":\"Hello\"}",
                                "{\"key\":2,\"value\":\"World\"}",
                                "{\"key\":3,\"value\":null}");
                mirror.put(Map.of("key", 1, "value", "Bonjour"));
                mirror.delete(Map.of("key", 2));
                mirror.delete(Map.of("key", 4));
                mirror.flush();
                assertThat(items()).containsExactly("{\"key\":1,\"value\":\"Bonjour\"}", "{\"key\":3,\"value\":null}");
                assertThat(mirror.statistics().put()).isEqualTo(4);
                assertThat(mirror.statistics().deleted()).isEqualTo(2);
                assertThat(mirror.statistics().requests()).isEqualTo(2);
            }
        }

        @Test
        void closeWritesWhatWaits() throws InterruptedException {
            Mirror mirror = open(InitMode.CREATE_IF_NOT_EXISTS, SCHEMA);
            mirror.put(Map.of("key", 1, "value", "Hello"));
            mirror.close();
            assertThat(items()).containsExactly("{\"key\":1,\"value\":\"Hello\"}");
            mirror.close();
        }

        @Test
        void nobodyHasToFlush() throws InterruptedException {
            try (Mirror mirror = open(InitMode.CREATE_IF_NOT_EXISTS, SCHEMA)) {
                mirror.put(Map.of("key", 1, "value", "Hello"));
                await().untilAsserted(() -> assertThat(items()).hasSize(1));
            }
        }

        @Test
        void theSeedsStory() throws InterruptedException {
            try (Mirror mirror = open(InitMode.CREATE_IF_NOT_EXISTS, SCHEMA)) {
                mirror.put(Map.of("key", 1, "value", "Hello"));
                mirror.put(Map.of("key", 2, "value", "World"));
            }
            try (Mirror mirror = open(InitMode.DEFAULT, SCHEMA)) {
                mirror.put(Map.of("key", 1, "value", "Bonjour"));
            }
            assertThat(items()).containsExactly("{\"key\":1,\"value\":\"Bonjour\"}", "{\"key\":2,\"value\":\"World\"}");
            try (Mirror mirror = open(InitMode.REPLACE, SCHEMA)) {
                mirror.put(Map.of("key", 3, "value", "Hi"));
            }
            assertThat(items()).containsExactly("{\"key\":3,\"value\":\"Hi\"}");
        }

        @Test
        void aDeleteByAVersionColumnNeedsTheVersion() throws InterruptedException {
            MirrorSettings.Builder settings = settings(InitMode.CREATE_IF_NOT_EXISTS)
                    .ordering(Ordering.VERSIONED)
                    .versionColumn("at");
            try (Mirror mirror = Mirror.open(settings, Schema.parse("key int, at int"));
                    Connection connection = connection()) {
                assertThatThrownBy(() -> mirror.delete(Map.of("key", 1)))
                        .isInstanceOf(BadRowException.class)
                        .hasMessage(
                                "table " + table + ": column \"at\" of row {key=1}: the version is absent, and deletes"
                                        + " of a versioned mirror need the version column as well as the key");
                assertThat(connection
                                .client()
                                .describeTimeToLive(request -> request.tableName(table))
                                .timeToLiveDescription()
                                .attributeName())
                        .isEqualTo("dynamirror_expires");
            }
        }

        @Test
        void aMissingTableIsAnErrorByDefault() {
            assertThatThrownBy(() -> open(InitMode.DEFAULT, SCHEMA))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage("table " + table
                            + " doesn't exist; create it, or have it created by the init mode create_if_not_exists");
        }

        @Test
        void aBadRowThatEndsTheProgramLeavesTheGoodRowsBeforeIt() {
            assertThatThrownBy(() -> {
                        try (Mirror mirror = open(InitMode.CREATE_IF_NOT_EXISTS, SCHEMA)) {
                            for (int key = 10; key < 99; key++) {
                                mirror.put(Map.of("key", key, "value", "Hello"));
                            }
                            mirror.put(Map.of("key", 99, "value", "a\ud800"));
                        }
                    })
                    .isInstanceOf(BadRowException.class)
                    .hasMessage("table " + table + ": column \"value\" of row {key=99}: the string is no valid Unicode:"
                            + " half of a surrogate pair (U+D800) at index 1");
            assertThat(items()).hasSize(89);
        }

        @Test
        void aBadRowSpoilsNothing() throws InterruptedException {
            try (Mirror mirror = open(InitMode.CREATE_IF_NOT_EXISTS, SCHEMA)) {
                mirror.put(Map.of("key", 1, "value", "Hello"));
                assertThatThrownBy(() -> mirror.put(Map.of("key", 2, "value", 7)))
                        .isInstanceOf(BadRowException.class)
                        .hasMessage("table " + table
                                + ": column \"value\" of row {key=2}: expected a value of the type str,"
                                + " but found 7 of java.lang.Integer");
                assertThatThrownBy(() -> mirror.delete(Map.of("value", "x")))
                        .isInstanceOf(BadRowException.class)
                        .hasMessage("table " + table
                                + ": column \"key\" of a row: the partition key is absent, and every item needs one");
                assertThatThrownBy(() -> mirror.put(Map.of("key", 2, "valeu", "x", "value", "y")))
                        .isInstanceOf(BadRowException.class)
                        .hasMessage(
                                "table " + table
                                        + ": column \"valeu\" of a row: the schema has no such column; its columns are key, value");
                mirror.put(Map.of("key", 3, "value", "World"));
            }
            assertThat(items()).containsExactly("{\"key\":1,\"value\":\"Hello\"}", "{\"key\":3,\"value\":\"World\"}");
        }

        @Test
        void aDeleteTakesAWholeRow() throws InterruptedException {
            try (Mirror mirror = open(InitMode.CREATE_IF_NOT_EXISTS, SCHEMA)) {
                mirror.put(Map.of("key", 1, "value", "Hello"));
                mirror.flush();
                mirror.delete(Map.of("key", 1, "value", "Hello", "other", 1));
            }
            assertThat(items()).isEmpty();
        }

        @Test
        void compositeKeysAreNeverJoined() throws InterruptedException {
            Schema schema = Schema.parse("p str, s str, v int");
            try (Mirror mirror = Mirror.open(
                    settings(InitMode.CREATE_IF_NOT_EXISTS).partitionKey("p").sortKey("s"), schema)) {
                mirror.put(Map.of("p", "a$", "s", "b", "v", 1));
                mirror.put(Map.of("p", "a", "s", "$b", "v", 2));
                mirror.put(Map.of("p", "a", "s", "$b", "v", 3));
                mirror.put(Map.of("p", "a", "s", "c", "v", 4));
                mirror.delete(Map.of("p", "a", "s", "c"));
            }
            assertThat(items())
                    .containsExactly("{\"p\":\"a\",\"s\":\"$b\",\"v\":3}", "{\"p\":\"a$\",\"s\":\"b\",\"v\":1}");
        }

        @Test
        void manyRows() throws InterruptedException {
            try (Mirror mirror = open(InitMode.CREATE_IF_NOT_EXISTS, SCHEMA)) {
                for (int i = 0; i < 10_000; i++) {
                    mirror.put(Map.of("key", i, "value", "v" + i));
                }
                mirror.flush();
                assertThat(mirror.statistics().put()).isEqualTo(10_000);
                assertThat(mirror.statistics().requests()).isBetween(400L, 500L);
            }
            List<String> items = items();
            assertThat(items).hasSize(10_000);
            assertThat(items.get(9_999)).isEqualTo("{\"key\":9999,\"value\":\"v9999\"}");
        }

        @Test
        void severalThreadsWriteKeysOfTheirOwn() throws Exception {
            try (Mirror mirror = open(InitMode.CREATE_IF_NOT_EXISTS, SCHEMA)) {
                inThreads(4, thread -> {
                    for (int i = 0; i < 300; i++) {
                        mirror.put(Map.of("key", thread * 1000 + i, "value", "first"));
                        mirror.put(Map.of("key", thread * 1000 + i, "value", "last"));
                        if (i % 3 == 0) {
                            mirror.delete(Map.of("key", thread * 1000 + i));
                        }
                        if (i % 100 == 0) {
                            mirror.flush();
                        }
                    }
                });
            }
            assertThat(items()).hasSize(800).allSatisfy(item -> assertThat(item).endsWith("\"value\":\"last\"}"));
        }

        @Test
        void severalThreadsWriteTheSameKeys() throws Exception {
            try (Mirror mirror = open(InitMode.CREATE_IF_NOT_EXISTS, SCHEMA)) {
                inThreads(4, thread -> {
                    for (int i = 0; i <= 500; i++) {
                        mirror.put(Map.of("key", i % 3, "value", i < 498 ? "early" : "last of " + thread));
                    }
                });
                assertThat(mirror.statistics().merged()).isPositive();
            }
            assertThat(items()).hasSize(3).allSatisfy(item -> assertThat(item).contains("\"value\":\"last of "));
        }

        /** It waited until nothing was pending, which was never. */
        @Test
        void flushReturnsThoughOthersGoOn() throws Exception {
            AtomicBoolean stop = new AtomicBoolean();
            try (Mirror mirror = open(InitMode.CREATE_IF_NOT_EXISTS, SCHEMA)) {
                CompletableFuture<Void> other = inThread(() -> {
                    for (int i = 0; !stop.get(); i++) {
                        mirror.put(Map.of("key", i % 5000, "value", "v"));
                    }
                });
                mirror.put(Map.of("key", -1, "value", "mine"));
                mirror.flush();
                assertThat(items()).contains("{\"key\":-1,\"value\":\"mine\"}");
                stop.set(true);
                other.get(20, TimeUnit.SECONDS);
            }
        }

        @Test
        void aClosedMirrorTakesNothing() throws InterruptedException {
            Mirror mirror = open(InitMode.CREATE_IF_NOT_EXISTS, SCHEMA);
            mirror.put(Map.of("key", 1));
            mirror.close();
            assertThatThrownBy(() -> mirror.put(Map.of("key", 1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the mirror is closed");
            assertThatThrownBy(() -> mirror.delete(Map.of("key", 1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the mirror is closed");
            assertThatThrownBy(mirror::flush)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the mirror is closed");
            assertThat(mirror.statistics().put()).isEqualTo(1);
        }

        @Test
        void aTableThatGoesAwayFailsTheMirror() throws InterruptedException {
            Mirror mirror = open(InitMode.CREATE_IF_NOT_EXISTS, SCHEMA);
            try (Connection connection = connection()) {
                connection.client().deleteTable(request -> request.tableName(table));
            }
            mirror.put(Map.of("key", 1));
            String message = "table " + table + ": DynamoDB refused a request of 1 changes, the first of key 1:"
                    + " ResourceNotFoundException: Cannot do operations on a non-existent table";
            assertThatThrownBy(mirror::flush)
                    .isInstanceOf(MirrorException.class)
                    .hasMessage(message);
            assertThatThrownBy(() -> mirror.put(Map.of("key", 2)))
                    .isInstanceOf(MirrorException.class)
                    .hasMessage(message);
            assertThatThrownBy(mirror::close)
                    .isInstanceOf(MirrorException.class)
                    .hasMessage(message);
            mirror.close();
            assertNoThreadsLeft();
        }

        @Test
        void closeLeavesNoThread() throws InterruptedException {
            try (Mirror mirror = open(InitMode.CREATE_IF_NOT_EXISTS, SCHEMA)) {
                mirror.put(Map.of("key", 1));
                mirror.flush();
                assertThat(threads()).isNotEmpty();
            }
            assertNoThreadsLeft();
        }

        private Mirror open(InitMode mode, Schema schema) {
            return Mirror.open(settings(mode), schema);
        }

        private MirrorSettings.Builder settings(InitMode mode) {
            return DynamoDb.table(table)
                    .partitionKey("key")
                    .initMode(mode)
                    .endpoint(database.endpoint())
                    .region("us-east-1");
        }

        private List<String> items() {
            try (Connection connection = connection()) {
                TableScan scan = TableScan.of(connection, table);
                return scan.items().stream()
                        .map(item -> ItemJson.PLAIN.line(scan.table(), item))
                        .toList();
            }
        }

        private Connection connection() {
            return Connection.open(new ConnectionSettings(database.endpoint(), "us-east-1"));
        }
    }

    /** A database that answers no write until it is told to. */
    @Nested
    final class OnADatabaseThatKeepsOneWaiting {

        private static final String ACTIVE = "{\"Table\":{\"TableName\":\"slow\",\"TableStatus\":\"ACTIVE\","
                + "\"KeySchema\":[{\"AttributeName\":\"key\",\"KeyType\":\"HASH\"}],"
                + "\"AttributeDefinitions\":[{\"AttributeName\":\"key\",\"AttributeType\":\"N\"}]}}";

        private final CountDownLatch go = new CountDownLatch(1);

        /** It took the transport away from the one that was closing, which then waited for ever. */
        @Test
        void closingTwiceAtOnceDoesNotDisturbTheFirst() throws Exception {
            try (ScriptedDynamoDb server = waitingServer(1)) {
                Mirror mirror = open(server);
                mirror.put(Map.of("key", 1));
                CompletableFuture<Void> first = inThread(mirror::close);
                await().until(() -> server.requests().size() == 2);
                mirror.close();
                assertThat(first).isNotDone();
                go.countDown();
                first.get(20, TimeUnit.SECONDS);
                assertThat(mirror.statistics().put()).isEqualTo(1);
            }
        }

        /** Its row was taken and never written, or it waited for ever. */
        @Test
        void whoWaitsForRoomIsToldThatTheMirrorIsClosed() throws Exception {
            try (ScriptedDynamoDb server = waitingServer(100)) {
                Mirror mirror = open(server);
                List<Thread> threads = new ArrayList<>();
                AtomicInteger given = new AtomicInteger();
                CompletableFuture<Void> putting = inThread(
                        () -> {
                            for (int i = 0; i < 10_001; i++) {
                                mirror.put(Map.of("key", i));
                                given.incrementAndGet();
                            }
                        },
                        threads);
                await().until(() -> given.get() == 10_000 && threads.get(0).getState() == Thread.State.WAITING);
                CompletableFuture<Void> closing = inThread(mirror::close, threads);
                await().until(() -> threads.get(1).getState() == Thread.State.WAITING);
                go.countDown();
                assertThatThrownBy(() -> putting.get(20, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("the mirror is closed");
                closing.get(60, TimeUnit.SECONDS);
                assertThat(mirror.statistics().put()).isEqualTo(10_000);
            }
        }

        @Test
        void whoIsInterruptedWhileClosingIsToldAndTheOthersToo() throws Exception {
            try (ScriptedDynamoDb server = waitingServer(1)) {
                Mirror mirror = open(server);
                mirror.put(Map.of("key", 1));
                List<Thread> threads = new ArrayList<>();
                CompletableFuture<Void> flushing = inThread(mirror::flush, threads);
                await().until(() -> threads.get(0).getState() == Thread.State.WAITING);
                CompletableFuture<Void> closing = inThread(mirror::close, threads);
                await().until(() -> threads.get(1).getState() == Thread.State.WAITING);
                threads.get(1).interrupt();
                assertThatThrownBy(() -> closing.get(20, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOf(MirrorException.class)
                        .hasMessage("interrupted while the last changes were written; some of them may be missing");
                assertThatThrownBy(() -> flushing.get(20, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("the mirror is closed");
                go.countDown();
                assertNoThreadsLeft();
            }
        }

        private ScriptedDynamoDb waitingServer(int writes) {
            ScriptedDynamoDb server = new ScriptedDynamoDb().reply(200, ACTIVE);
            for (int i = 0; i < writes; i++) {
                server.reply(exchange -> {
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    byte[] nothing = {'{', '}'};
                    exchange.sendResponseHeaders(200, nothing.length);
                    exchange.getResponseBody().write(nothing);
                    exchange.close();
                });
            }
            return server;
        }

        private Mirror open(ScriptedDynamoDb server) {
            return Mirror.open(
                    DynamoDb.table("slow")
                            .partitionKey("key")
                            .endpoint(server.endpoint())
                            .region("us-east-1"),
                    SCHEMA);
        }
    }

    private interface Action {
        void run() throws InterruptedException;
    }

    private interface ThreadAction {
        void run(int thread) throws InterruptedException;
    }

    private static void inThreads(int count, ThreadAction action) throws Exception {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int thread = i;
            all.add(inThread(() -> action.run(thread)));
        }
        for (CompletableFuture<Void> one : all) {
            one.get(60, TimeUnit.SECONDS);
        }
    }

    private static CompletableFuture<Void> inThread(Action action) {
        return inThread(action, new ArrayList<>());
    }

    private static CompletableFuture<Void> inThread(Action action, List<Thread> threads) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                action.run();
                done.complete(null);
            } catch (InterruptedException | RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return done;
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("dynamirror-"))
                .toList();
    }

    private static void assertNoThreadsLeft() {
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }
}
