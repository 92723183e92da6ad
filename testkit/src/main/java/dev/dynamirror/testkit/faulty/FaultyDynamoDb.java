package dev.dynamirror.testkit.faulty;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A DynamoDB in memory, served over HTTP on loopback, that fails as a test says and remembers every write that it
 * applied.
 *
 * <p>It refuses what DynamoDB refuses. It never fails by itself: faults are set by {@link #faults}, by
 * {@link #nextRequests}, or by one of the switches, at any time and from any thread. It does not look at signatures.
 */
public final class FaultyDynamoDb implements AutoCloseable {

    private final History history = new History();
    private final Tables tables = new Tables(history);
    private final ItemWrites writes = new ItemWrites(tables);
    private final Weather weather = new Weather();
    private final Credentials credentials = new Credentials();
    private final Server server;

    private FaultyDynamoDb() {
        server = new Server(new Operations(tables, writes), weather, credentials);
    }

    /** Starts a server without tables and without faults. */
    public static FaultyDynamoDb start() {
        return new FaultyDynamoDb();
    }

    /** Where it listens. */
    public URI endpoint() {
        return server.endpoint();
    }

    /** Where it gives credentials, as a container's credentials endpoint does. */
    public URI credentialsEndpoint() {
        return endpoint().resolve("/credentials");
    }

    /** Stops; what waits is never answered. */
    @Override
    public void close() {
        weather.close();
        server.close();
    }

    // Faults.

    /** From now on these faults befall the requests that they concern, in place of those set before. */
    public FaultyDynamoDb faults(Faults faults) {
        weather.faults(faults);
        return this;
    }

    /** The next item writes meet these faults, one each, before those of {@link #faults} come into question. */
    public FaultyDynamoDb nextRequests(Fault... faults) {
        weather.next(List.of(faults));
        return this;
    }

    /** Applies the requests that {@link Fault#LATE} holds back, in the order in which they came; says how many. */
    public int applyLate() {
        return server.applyLate();
    }

    /** How many requests wait to be applied late, by {@link #applyLate()} or by their delay. */
    public int heldBack() {
        return server.heldBack();
    }

    /** Whether every operation on items is throttled. */
    public FaultyDynamoDb throttleEverything(boolean throttle) {
        weather.throttleEverything(throttle);
        return this;
    }

    /** Whether requests wait; once switched off, those that wait are carried out, even if nobody waits for them. */
    public FaultyDynamoDb hang(boolean hang) {
        weather.hang(hang);
        return this;
    }

    /** Whether connections are refused, as if the server were down; those that are open are closed. */
    public FaultyDynamoDb refuseConnections(boolean refuse) {
        server.refuseConnections(refuse);
        return this;
    }

    /** Refuses items that this is true of with a ValidationException; it is given their canonical JSON. */
    public FaultyDynamoDb refuse(Predicate<ObjectNode> items) {
        writes.refuse(items);
        return this;
    }

    /**
     * Every table's keys are spread over this many partitions by their hash, and each partition takes this many write
     * units a second, and these at once. What is over is unprocessed in a batch, unless it is the whole batch: then, and
     * in all other requests, it is a ProvisionedThroughputExceededException.
     */
    public FaultyDynamoDb partitions(int count, double writeUnitsPerSecond, double burstUnits) {
        tables.limit(new Partitions.Limit(count, writeUnitsPerSecond, burstUnits));
        return this;
    }

    /** Every table takes any number of write units. */
    public FaultyDynamoDb unlimited() {
        tables.limit(null);
        return this;
    }

    /** How long tables that are made from now on are CREATING. */
    public FaultyDynamoDb creating(Duration duration) {
        tables.creating(duration);
        return this;
    }

    /** How long tables are UPDATING that UpdateTable changes from now on. */
    public FaultyDynamoDb updating(Duration duration) {
        tables.updating(duration);
        return this;
    }

    /**
     * What DescribeTable calls this table from now on, such as ARCHIVED.
     *
     * @throws IllegalArgumentException if there is no such table
     */
    public FaultyDynamoDb status(String table, String status) {
        tables.status(table, status);
        return this;
    }

    /** How long tables that are deleted from now on are DELETING. */
    public FaultyDynamoDb deleting(Duration duration) {
        tables.deleting(duration);
        return this;
    }

    /** Requests that are signed with this access key are answered with an ExpiredTokenException from now on. */
    public FaultyDynamoDb expireAccessKey(String accessKeyId) {
        credentials.expire(accessKeyId);
        return this;
    }

    /** The access key id that {@link #credentialsEndpoint()} gives, at first AKID1, and how long it says it is valid. */
    public FaultyDynamoDb giveAccessKey(String accessKeyId, Duration validity) {
        credentials.give(accessKeyId, validity);
        return this;
    }

    // What happened.

    /** The writes that were applied, in their order. */
    public List<AppliedWrite> history() {
        return history.writes();
    }

    /** The writes that were applied to this table, in their order. */
    public List<AppliedWrite> history(String table) {
        return history.writes().stream()
                .filter(write -> write.table().equals(table))
                .toList();
    }

    /**
     * The items of a table, as JSON that is not to be changed.
     *
     * @throws IllegalArgumentException if there is no such table
     */
    public List<ObjectNode> items(String table) {
        return tables.any(table).all();
    }

    /** Forgets the history, and starts all counters again. */
    public void clearHistory() {
        history.clear();
        server.clearCounts();
    }

    /** Whether writes are remembered; if not, they are only counted. */
    public FaultyDynamoDb keepHistory(boolean keep) {
        history.keep(keep);
        return this;
    }

    /** How many requests came, by their operation. */
    public Map<String, Long> requests() {
        return server.counts();
    }

    /** How many requests of this operation came. */
    public long requests(String operation) {
        return requests().getOrDefault(operation, 0L);
    }

    /** How many writes were applied. */
    public long appliedWrites() {
        return history.applied();
    }

    /** The write units that were consumed, with those of indexes and of conditions that were false. */
    public double consumedWriteUnits() {
        return history.units();
    }

    /** The read units that scans and queries consumed. */
    public double consumedReadUnits() {
        return history.readUnits();
    }

    /** The write units that were consumed, by hundredths of a second; those in which nothing was are left out. */
    public List<Consumption> consumption() {
        return history.consumption();
    }

    /** The most write units that were consumed within any time of this length, to a hundredth of a second. */
    public double mostWriteUnitsWithin(Duration window) {
        return history.mostWithin(window);
    }
}
