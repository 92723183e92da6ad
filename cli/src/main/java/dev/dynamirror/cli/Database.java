package dev.dynamirror.cli;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.mirror.MirrorSettings;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.crt.CrtResource;

/** The DynamoDB that a command talks to: the one that the environment names, or a child process of this command. */
final class Database implements AutoCloseable {

    /** One database for all regions. */
    private static final String ANY_REGION = "us-east-1";

    /** Whether this JVM has had connections. */
    private static volatile boolean connected;

    private final @Nullable LocalDynamoDb local;
    private final ConnectionSettings settings;
    private CompletableFuture<Void> loading = CompletableFuture.completedFuture(null);

    private Database(@Nullable LocalDynamoDb local, ConnectionSettings settings) {
        this.local = local;
        this.settings = settings;
    }

    static Database ofTheEnvironment() {
        return new Database(null, ConnectionSettings.fromEnvironment());
    }

    /** Starts a local database and does not wait until it answers. */
    static Database local(Path folder, Consumer<String> progress) {
        // The database of this command needs nobody's credentials. These come first in the SDK's chain, so that no
        // others are looked up: that can take seconds, and fail for reasons of no interest here.
        System.setProperty("aws.accessKeyId", "placeholder");
        System.setProperty("aws.secretAccessKey", "placeholder");
        LocalDynamoDb local =
                LocalDynamoDb.inDirectory(folder).progress(progress).start();
        return new Database(local, new ConnectionSettings(local.endpoint(), ANY_REGION));
    }

    /** Has the mirror written here. */
    void addTo(MirrorSettings.Builder mirror) {
        if (settings.endpoint() != null) {
            mirror.endpoint(settings.endpoint());
        }
        if (settings.region() != null) {
            mirror.region(settings.region());
        }
    }

    /** Has this JVM take a local database for the one that its environment names, for whatever names none. */
    void becomeThatOfTheEnvironment() {
        if (local != null) {
            // As the SDK reads them, before the environment.
            System.setProperty("aws.endpointUrlDynamoDb", local.endpoint().toString());
            System.setProperty("aws.region", ANY_REGION);
        }
    }

    /**
     * Checks the settings, without a request.
     *
     * @throws dev.dynamirror.error.MirrorException if there is no region, or are no credentials
     */
    void check() {
        if (local == null) {
            Connection.open(settings).close();
        } else {
            // There is nothing to check, but the SDK takes most of a second to be loaded: beside what comes next.
            loading = CompletableFuture.runAsync(() -> Connection.open(settings).close())
                    .exceptionally(toldByTheFirstUse -> null);
        }
        connected = true;
    }

    /** Returns when it answers. */
    void awaitReady() {
        if (local != null) {
            local.awaitReady();
        }
    }

    /** Connects, when it answers. */
    Connection connect() {
        awaitReady();
        Connection connection = Connection.open(settings);
        connected = true;
        return connection;
    }

    /** Ends a local database. */
    @Override
    public void close() {
        if (!jvmIsEnding()) {
            loading.join();
        }
        if (local != null) {
            local.close();
        }
    }

    /**
     * To be called before this JVM exits, when all connections are closed: waits for the threads of the SDK's native HTTP client,
     * which end in milliseconds then. One that is left when this JVM ends can't attach to it any more to clean up, and the
     * library's own hook at the exit waits a second for it, in vain.
     */
    static void awaitTheSdksThreads() {
        if (!connected || jvmIsEnding()) {
            return;
        }
        try {
            CrtResource.waitForNoResources();
        } catch (RuntimeException stillThere) {
            // Then the exit takes a second longer; what the command has done, it has done.
            return;
        }
    }

    /** Whether this JVM is at its exit, as at Ctrl-C: then the library's own hook waits already, and we need not. */
    private static boolean jvmIsEnding() {
        Thread probe = new Thread(() -> {}, "dynamirror-probe");
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }
}
