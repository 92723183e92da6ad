package dev.dynamirror.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A running DynamoDB Local: a child process of this JVM.
 *
 * <pre>{@code
 * try (LocalDynamoDb database = LocalDynamoDb.inMemory().start().awaitReady()) {
 *     URI endpoint = database.endpoint();
 * }
 * }</pre>
 *
 * <p>{@link Starter#start()} returns as soon as the process is started and its port is known;
 * {@link #awaitReady()} waits until it answers, so that a caller can do something useful in between.
 *
 * <p>DynamoDB Local is Amazon's, and comes under the Amazon DynamoDB Local License Agreement, which forbids to
 * distribute it and to incorporate it into one's own programs, and asks for an AWS account. So no part of it is in our
 * jars or on our class path, and no part of us is on its: the first start on a machine fetches it with Maven from where
 * Amazon publishes it into the user's cache folder, and it runs in its own JVM, reached by HTTP. Its telemetry is off.
 *
 * <p><b>It listens on all network interfaces</b> and has no setting for that: on a machine that others can reach, a
 * firewall has to keep them away from the port. It accepts any credentials whose access key id has only letters and
 * digits.
 *
 * <p>The process ends when this object is closed, and no later than this JVM, however that ends. It is on purpose that
 * no shutdown hook does this: what other hooks still want to write at Ctrl-C finds the database running.
 */
public final class LocalDynamoDb implements AutoCloseable {

    private final Installation installation;
    private final List<String> storage;
    private final PortReservation reservation;
    private final @Nullable DirectoryLock directory;
    private final @Nullable Path archive;
    private volatile ServerProcess process;

    private LocalDynamoDb(
            Installation installation,
            List<String> storage,
            PortReservation reservation,
            @Nullable DirectoryLock directory) {
        this.installation = installation;
        this.storage = storage;
        this.reservation = reservation;
        this.directory = directory;
        this.archive = installation.archive();
        this.process = spawn(archive == null ? List.of() : List.of("-XX:SharedArchiveFile=" + archive));
    }

    /** Returns the starter of a database that is gone when it is closed. */
    public static Starter inMemory() {
        return new Starter(null);
    }

    /**
     * Returns the starter of a database that keeps its tables in a directory, which is created when it is missing. Only
     * one database at a time can have it open.
     */
    public static Starter inDirectory(Path directory) {
        return new Starter(Objects.requireNonNull(directory, "directory"));
    }

    /** Returns where clients find the database: {@code http://127.0.0.1:PORT}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** Returns the port that the database listens on. */
    public int port() {
        return reservation.port();
    }

    /** Returns the id of the database's process. */
    public long pid() {
        return process.pid();
    }

    /**
     * Waits until the database answers requests.
     *
     * @return this database
     * @throws LocalDynamoDbException if it ended or was closed, or did not answer for a minute; it is closed then
     */
    public LocalDynamoDb awaitReady() {
        try {
            if (!process.awaitAnswer(port()) && archive != null && process.crashed()) {
                // A class archive may only save time. Never let a bad one stand between the user and the database.
                installation.giveUpArchive();
                process.stop();
                process = spawn(List.of());
                process.awaitAnswer(port());
            }
            process.requireAnswered(port());
            reservation.release();
            return this;
        } catch (LocalDynamoDbException failure) {
            close();
            throw failure;
        }
    }

    /** Ends the database's process. Waits until it is gone; closing twice does nothing. */
    @Override
    public void close() {
        process.stop();
        reservation.release();
        // Last: the next owner of the directory must find it left.
        if (directory != null) {
            directory.release();
        }
    }

    private ServerProcess spawn(List<String> extraJvmArguments) {
        return ServerProcess.spawn(installation.command(extraJvmArguments, storage, port()), installation.folder());
    }

    /** The settings of a database that is not started yet. */
    public static final class Starter {

        private final @Nullable Path directory;
        private int port;
        private Consumer<String> progress = line -> {};

        private Starter(@Nullable Path directory) {
            this.directory = directory;
        }

        /**
         * Sets the port to listen on; any free one if this is 0 or never set.
         *
         * @throws IllegalArgumentException if it is not within 0 to 65535
         */
        public Starter port(int number) {
            if (number < 0 || number > 65535) {
                throw new IllegalArgumentException("port must be within 0 to 65535, but is " + number);
            }
            this.port = number;
            return this;
        }

        /** Sets who is told, in one line each, of steps that take seconds: fetching, preparing. Nobody if never set. */
        public Starter progress(Consumer<String> listener) {
            this.progress = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /**
         * Starts the database's process, and before the first start on this machine fetches DynamoDB Local. Does not
         * wait until the database answers.
         *
         * @throws LocalDynamoDbException if it can't be fetched or started, the port is in use, or the directory is
         */
        public LocalDynamoDb start() {
            DirectoryLock lock = directory == null ? null : DirectoryLock.acquire(directory);
            PortReservation reservation = null;
            try {
                reservation = PortReservation.of(port);
                Installation installation = Installation.findOrFetch(CacheFolder.ofThisUser(), "mvn", progress);
                List<String> storage = lock == null
                        ? List.of("-inMemory")
                        : List.of("-dbPath", lock.directory().toString());
                return new LocalDynamoDb(installation, storage, reservation, lock);
            } catch (IOException | RuntimeException failure) {
                if (reservation != null) {
                    reservation.release();
                }
                if (lock != null) {
                    lock.release();
                }
                if (failure instanceof LocalDynamoDbException told) {
                    throw told;
                }
                throw new LocalDynamoDbException("DynamoDB Local could not be started: " + failure, failure);
            }
        }
    }
}
