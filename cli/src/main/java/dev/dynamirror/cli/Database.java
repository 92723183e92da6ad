package dev.dynamirror.cli;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import dev.dynamirror.local.LocalDynamoDb;
import dev.dynamirror.mirror.MirrorSettings;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The DynamoDB that a command talks to: the one that the environment names, or a child process of this command. */
final class Database implements AutoCloseable {

    /** One database for all regions. */
    private static final String ANY_REGION = "us-east-1";

    private final @Nullable LocalDynamoDb local;
    private final ConnectionSettings settings;

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
            CompletableFuture<Void> loading =
                    CompletableFuture.runAsync(() -> Connection.open(settings).close());
            loading.exceptionally(toldByTheFirstUse -> null);
        }
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
        return Connection.open(settings);
    }

    @Override
    public void close() {
        if (local != null) {
            local.close();
        }
    }
}
