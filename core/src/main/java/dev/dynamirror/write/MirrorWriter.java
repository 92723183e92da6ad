package dev.dynamirror.write;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.Change;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes changes to a DynamoDB table: in order per key, merged per key, in batches, again until DynamoDB has them.
 *
 * <p>Belongs to one {@link WriterLoop}: every method is called in it.
 */
public final class MirrorWriter {

    private static final Logger LOG = LoggerFactory.getLogger(MirrorWriter.class);

    private static final Duration FIRST_DELAY = Duration.ofMillis(25);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);

    /** How long credentials may stay expired: nothing else than newer ones helps, which somebody may have to get. */
    private static final Duration LONGEST_EXPIRY = Duration.ofMinutes(1);

    /** How often the writer looks after itself while deletes linger, in nanoseconds. */
    private static final long HEARTBEAT = Duration.ofMillis(100).toNanos();

    /** A longer time between two looks means that the thread stood still, in nanoseconds. */
    private static final long LONGEST_SILENCE = 2 * HEARTBEAT;

    /** How long the writer sleeps at least, in nanoseconds. */
    private static final long SHORTEST_SLEEP = Duration.ofMillis(1).toNanos();

    /** One in so many of the changes that may be pending lingers at most. */
    private static final int LINGERING_SHARE = 3;

    private final String tableName;
    private final BatchTransport transport;
    private final WriterLoop loop;
    private final WriterSettings settings;
    private final WriterListener listener;
    private final PendingChanges pending;
    private final Concurrency concurrency;
    private final WriteBudget budget;
    private final Progress progress;
    private final WriterStatistics statistics = new WriterStatistics();
    private final ThrottlingLog throttlingLog;

    private int requestsInFlight;
    private int flushes;
    private boolean finished;
    private @Nullable Timer timer;
    private long calledAt;
    private boolean waited;
    private long deletesHeldUntil;

    /** Since when DynamoDB calls the credentials expired; null while it takes them. */
    private @Nullable Long expiredSince;

    private @Nullable String failure;

    /** What will fail the mirror once all that is pending is written. */
    private @Nullable String lastWords;

    /** The next moment at which {@link #sendWhatIsDue} is called without anything else happening. */
    private record Timer(long at) {}

    /**
     * A request in flight.
     *
     * @param changes what it asks for
     * @param sentAt when it was sent
     * @param reserved what it is likely to cost, in write units
     */
    private record Sent(List<Change> changes, long sentAt, double reserved) {}

    /**
     * Creates a writer.
     *
     * @param transport what it sends through, and doesn't close
     * @param listener what is told of changes that are refused
     */
    public MirrorWriter(
            String tableName,
            BatchTransport transport,
            WriterLoop loop,
            RandomGenerator random,
            WriterSettings settings,
            WriterListener listener) {
        long now = loop.nanoTime();
        this.calledAt = now;
        this.deletesHeldUntil = now;
        this.tableName = tableName;
        this.transport = transport;
        this.loop = loop;
        this.settings = settings;
        this.listener = listener;
        this.pending = new PendingChanges(new BackOff(random, FIRST_DELAY, LONGEST_DELAY), now);
        this.concurrency = new Concurrency(random, now);
        this.budget = new WriteBudget(settings.maxWriteUnitsPerSecond(), now);
        this.progress = new Progress(settings.giveUpAfter(), now);
        this.throttlingLog = new ThrottlingLog(tableName, statistics);
    }

    /**
     * Takes in a change, which will be written some time after; blocks while too many changes wait.
     *
     * @throws MirrorException if the mirror has failed, now or before
     * @throws IllegalStateException if the writer is finished, now or before
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void apply(Change change) throws InterruptedException {
        throwIfOver();
        while (isFull() || lastWords != null) {
            sendWhatIsDue();
            loop.awaitTask();
            throwIfOver();
        }
        long now = loop.nanoTime();
        if (pending.isEmpty()) {
            progress.made(now);
        }
        if (pending.add(change, now) == PendingChanges.Added.MERGED) {
            statistics.merged.increment();
        }
        sendWhatIsDue(now);
    }

    /**
     * Returns when all changes that were taken in are written, or newer ones of their keys are; those that other threads
     * give meanwhile are not waited for.
     *
     * @throws MirrorException if the mirror has failed, now or before
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void flush() throws InterruptedException {
        throwFailure();
        long mark = pending.mark();
        flushes++;
        try {
            sendWhatIsDue();
            while (!pending.isWritten(mark) || lastWords != null) {
                loop.awaitTask();
                throwFailure();
            }
        } finally {
            flushes--;
        }
    }

    /**
     * Flushes, and takes in no more: from now on {@link #apply} throws, in a thread that waits for room, too.
     *
     * @throws MirrorException if the mirror has failed, now or before
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void finish() throws InterruptedException {
        finished = true;
        flush();
    }

    /** What this writer has done so far. */
    public WriterStatistics statistics() {
        return statistics;
    }

    /** How many changes wait or are in flight; about so many, if another thread asks than the loop's. */
    public int pendingChanges() {
        return pending.count();
    }

    /** How long the oldest of them has been waiting for its answer, in milliseconds, to about a second; any thread may ask. */
    public long oldestPendingMillis() {
        return pending.count() == 0
                ? 0
                : Math.max(0, TimeUnit.NANOSECONDS.toMillis(loop.nanoTime() - pending.oldestSince()));
    }

    /** How many bytes they have on the wire; about so many, if another thread asks than the loop's. */
    public long pendingBytes() {
        return pending.bytes();
    }

    /** How many requests are in flight; about so many, if another thread asks than the loop's. */
    public int requestsInFlight() {
        return requestsInFlight;
    }

    /** How many requests may be in flight, as the writer has found out; about so many, if another thread asks. */
    public int requestsInFlightLimit() {
        return concurrency.limit();
    }

    /** The loop's body: sends the batches that are due, and sees to it that it is called when the next one is. */
    private void sendWhatIsDue() {
        sendWhatIsDue(loop.nanoTime());
    }

    private void sendWhatIsDue(long now) {
        if (failure != null) {
            return;
        }
        noteStandstill(now);
        pending.endDelays(now);
        pending.endLingering(now, deleteLinger(now));
        while (requestsInFlight < concurrency.limit() && pending.readyCount() > 0 && now - dueAt(now) >= 0) {
            List<Change> batch = pending.take(bounds(now), now, deleteLinger(now));
            if (!batch.isEmpty()) {
                send(batch, now);
            }
        }
        if (pending.isLingering()) {
            // Never later than a heartbeat, or the late timer itself would be taken for a standstill.
            long lingered = later(pending.lingeringSince() + linger(settings.deleteLinger()), deletesHeldUntil);
            wakeAt(lingered - now > HEARTBEAT ? now + HEARTBEAT : lingered, now);
        }
        if (requestsInFlight >= concurrency.limit()) {
            return; // a reply comes first
        }
        if (pending.readyCount() > 0) {
            wakeAt(dueAt(now), now);
        }
        if (pending.isDelaying()) {
            wakeAt(pending.delayedUntil(), now);
        }
    }

    /**
     * Notes whether this thread, or the whole JVM, stood still since the last call: the inserts behind deletes may have come
     * meanwhile, and wait to be given to this writer, so deletes are held back a little longer.
     */
    private void noteStandstill(long now) {
        if (waited && now - calledAt > LONGEST_SILENCE) {
            deletesHeldUntil = now + LONGEST_SILENCE;
        }
        calledAt = now;
        waited = !pending.isEmpty();
    }

    /** How long deletes linger now, in nanoseconds. */
    private long deleteLinger(long now) {
        long linger = linger(settings.deleteLinger());
        return linger > 0 && deletesHeldUntil - now > 0 ? Long.MAX_VALUE : linger;
    }

    /** How long changes linger now, in nanoseconds; a flush waits for everything, so nothing lingers then. */
    private long linger(Duration usually) {
        return flushes > 0 || lastWords != null ? 0 : usually.toNanos();
    }

    private PendingChanges.Bounds bounds(long now) {
        return new PendingChanges.Bounds(
                BatchTransport.MAX_CHANGES, BatchTransport.MAX_REQUEST_BYTES, budget.sendable(now));
    }

    /** Sees to it that the body is called at that moment or a little later, if it is not called sooner anyway. */
    private void wakeAt(long wanted, long now) {
        // What lingers comes due thousands of times a second: one timer for all of a millisecond.
        long moment = later(wanted, now + SHORTEST_SLEEP);
        if (timer != null && timer.at - moment <= 0) {
            return;
        }
        Timer armed = new Timer(moment);
        timer = armed;
        loop.executeAfter(
                Duration.ofNanos(moment - now),
                () -> guarded(() -> {
                    if (armed.equals(timer)) {
                        timer = null;
                    }
                    sendWhatIsDue();
                }));
    }

    /** When the first change that can be sent is to be sent. */
    private long dueAt(long now) {
        long due = pending.readySince() + (isCrowded() ? 0 : linger(settings.linger()));
        due = later(due, concurrency.pausedUntil());
        return budget.isUnbounded()
                ? due
                : later(due, budget.sendableAt(pending.readyUnits(BatchTransport.MAX_CHANGES), now));
    }

    private static long later(long moment, long other) {
        return moment - other > 0 ? moment : other;
    }

    /**
     * Whether so many changes linger that the oldest go at once: what stays is the window in which newer changes of its keys
     * replace them, and the rest of what may be pending is for the requests in flight.
     */
    private boolean isCrowded() {
        int ready = pending.readyCount();
        return isFull()
                ? LINGERING_SHARE * ready >= pending.count()
                : ready >= Math.max(BatchTransport.MAX_CHANGES, settings.maxPendingChanges() / LINGERING_SHARE);
    }

    private boolean isFull() {
        return pending.count() >= settings.maxPendingChanges() || pending.bytes() >= settings.maxPendingBytes();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // no stage fails: the last one only hands the reply to the loop
    private void send(List<Change> batch, long now) {
        double cost = budget.estimate(unitsOnWire(batch));
        budget.reserve(cost, now);
        Sent sent = new Sent(batch, now, cost);
        requestsInFlight++;
        statistics.requests.increment();
        statistics.bytesSent.add(bytes(batch));
        CompletableFuture<BatchReply> reply;
        try {
            reply = transport.send(batch);
        } catch (RuntimeException defect) {
            reply = CompletableFuture.failedFuture(defect);
        }
        reply.whenComplete((known, defect) -> {
            BatchReply told = defect == null ? known : new BatchReply.Refused("a defect of dynamirror: " + defect);
            loop.execute(() -> guarded(() -> settle(sent, told)));
        });
    }

    private static long bytes(List<Change> changes) {
        long bytes = 0;
        for (int i = 0; i < changes.size(); i++) {
            bytes += changes.get(i).wire().length;
        }
        return bytes;
    }

    private static long unitsOnWire(List<Change> changes) {
        long units = 0;
        for (int i = 0; i < changes.size(); i++) {
            units += WriteBudget.unitsOnWire(changes.get(i).wire().length);
        }
        return units;
    }

    /** Runs a task of the loop; a defect in it fails the mirror, as waiting on would be waiting for ever. */
    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (MirrorException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("table {}: a defect of dynamirror", tableName, e);
            fail("table " + tableName + ": a defect of dynamirror: " + e);
        } catch (Error e) {
            // Who waits for the writer would wait for ever: loops may keep what a task throws to themselves.
            failure = "table " + tableName + ": " + e;
            throw e;
        }
    }

    private void settle(Sent sent, BatchReply given) {
        requestsInFlight--;
        long now = loop.nanoTime();
        BatchReply reply = checked(sent.changes, given);
        if (tookCredentials(reply)) {
            expiredSince = null;
        }
        if (reply instanceof BatchReply.Answered answered) {
            settleAnswered(sent, answered, now);
        } else if (reply instanceof BatchReply.Overtaken overtaken) {
            settleOvertaken(sent, overtaken, now);
        } else if (reply instanceof BatchReply.Throttled throttled) {
            budget.giveBack(sent.reserved);
            settleThrottled(sent, throttled, now);
        } else if (reply instanceof BatchReply.Unknown unknown) {
            LOG.debug("table {}: the outcome of a request is unknown: {}", tableName, unknown.error());
            statistics.unknown.increment();
            settleAll(sent.changes, Verdict.UNKNOWN, now);
            slowDown(sent, Concurrency.Trouble.FAILED, unknown.error(), now);
        } else if (reply instanceof BatchReply.NotSent notSent) {
            LOG.debug("table {}: a request was not sent: {}", tableName, notSent.error());
            statistics.notSent.increment();
            budget.giveBack(sent.reserved);
            settleAll(sent.changes, Verdict.AGAIN, now);
            slowDown(sent, Concurrency.Trouble.FAILED, notSent.error(), now);
        } else if (reply instanceof BatchReply.Invalid invalid) {
            budget.giveBack(sent.reserved);
            settleInvalid(sent, invalid, now);
        } else if (reply instanceof BatchReply.Expired expired) {
            budget.giveBack(sent.reserved);
            settleExpired(sent, expired, now);
        } else if (reply instanceof BatchReply.Refused refused) {
            settleAll(sent.changes, Verdict.AGAIN, now);
            fail("table " + tableName + ": DynamoDB refused a request of " + sent.changes.size()
                    + " changes, the first of key " + sent.changes.get(0).key() + ": " + refused.error());
        }
        listener.replied(now - sent.sentAt);
        if (lastWords != null && pending.isEmpty()) {
            fail(lastWords);
        }
        sendWhatIsDue();
    }

    /** The reply itself, unless it speaks of changes that were not sent: then nobody knows what it means. */
    private static BatchReply checked(List<Change> batch, BatchReply reply) {
        if (reply instanceof BatchReply.Answered answered
                && !answered.unprocessed().isEmpty()
                && !batch.stream().map(Change::key).collect(Collectors.toSet()).containsAll(answered.unprocessed())) {
            return new BatchReply.Unknown("the reply calls keys unprocessed that were not sent");
        }
        return reply;
    }

    /** Whether a reply says that DynamoDB took the credentials. */
    private static boolean tookCredentials(BatchReply reply) {
        return !(reply instanceof BatchReply.Expired
                || reply instanceof BatchReply.Unknown
                || reply instanceof BatchReply.NotSent);
    }

    private void settleAnswered(Sent sent, BatchReply.Answered answered, long now) {
        List<Change> applied = sent.changes;
        List<Change> again = List.of();
        if (!answered.unprocessed().isEmpty()) {
            Map<Boolean, List<Change>> parts = sent.changes.stream()
                    .collect(Collectors.partitioningBy(
                            change -> answered.unprocessed().contains(change.key())));
            again = Objects.requireNonNull(parts.get(true));
            applied = Objects.requireNonNull(parts.get(false));
            statistics.unprocessed.add(again.size());
        }
        if (!Double.isNaN(answered.writeUnits())) {
            statistics.writeUnits.add(answered.writeUnits());
        }
        budget.settle(sent.reserved, unitsOnWire(applied), answered.writeUnits());
        settleAll(again, Verdict.AGAIN, now);
        int put = 0;
        for (Change change : applied) {
            settleOne(change, Verdict.APPLIED, sent.changes.size(), now);
            put += change instanceof Change.Put ? 1 : 0;
        }
        statistics.put.add(put);
        statistics.deleted.add(applied.size() - put);
        if (!applied.isEmpty()) {
            progress.made(now);
        }
        if (again.isEmpty()) {
            concurrency.good(requestsInFlight + 1);
        } else {
            throttlingLog.throttled(now);
            slowDown(sent, Concurrency.Trouble.THROTTLED, "all changes of a request came back unprocessed", now);
        }
    }

    /** Something newer is there, which is as good as if the change had been applied and replaced. */
    private void settleOvertaken(Sent sent, BatchReply.Overtaken overtaken, long now) {
        if (overtaken.byLaterRun()) {
            settleAll(sent.changes, Verdict.AGAIN, now);
            fail(
                    "table " + tableName + ": the item of key "
                            + sent.changes.get(0).key()
                            + " has a version of a mirror that was begun later; this one stops, as only one of them can be right");
        }
        statistics.overtaken.add(sent.changes.size());
        settleAll(sent.changes, Verdict.APPLIED, now);
        progress.made(now);
        concurrency.good(requestsInFlight + 1);
    }

    private void settleThrottled(Sent sent, BatchReply.Throttled throttled, long now) {
        statistics.throttled.increment();
        for (String reason : throttled.reasons()) {
            if (statistics.addThrottledBy(reason)) {
                listener.throttledBy(reason);
            }
        }
        throttlingLog.throttled(now);
        settleAll(sent.changes, Verdict.AGAIN, now);
        slowDown(sent, Concurrency.Trouble.THROTTLED, throttled.error(), now);
    }

    private void settleInvalid(Sent sent, BatchReply.Invalid invalid, long now) {
        if (sent.changes.size() > 1) {
            LOG.debug("table {}: looking for the change that DynamoDB refuses: {}", tableName, invalid.error());
            settleAll(sent.changes, Verdict.SUSPECT, now);
            return;
        }
        Change change = sent.changes.get(0);
        settleAll(sent.changes, Verdict.REFUSED, now);
        statistics.refused.increment();
        progress.made(now);
        try {
            listener.refused(change, invalid.error());
        } catch (MirrorException e) {
            LOG.error("{}", e.getMessage());
            if (lastWords == null) {
                lastWords = e.getMessage();
            }
        }
    }

    private void settleExpired(Sent sent, BatchReply.Expired expired, long now) {
        settleAll(sent.changes, Verdict.AGAIN, now);
        slowDown(sent, Concurrency.Trouble.FAILED, expired.error(), now);
        if (expiredSince == null) {
            expiredSince = now;
        } else if (now - expiredSince >= LONGEST_EXPIRY.toNanos()) {
            fail("table " + tableName + ": the credentials have expired, and no newer ones were found for "
                    + Progress.text(LONGEST_EXPIRY) + ": " + expired.error());
        }
    }

    /** Slows down for a request of which not everything got through; gives up if nothing does for too long. */
    private void slowDown(Sent sent, Concurrency.Trouble trouble, String answer, long now) {
        if (progress.wasMadeAfter(sent.sentAt)) {
            concurrency.slower(trouble, sent.sentAt, now);
            return;
        }
        concurrency.stuck(trouble, sent.sentAt, now);
        progress.none(answer);
        if (progress.isOverdue(now)) {
            fail("table " + tableName + ": " + progress.describe(pending.count(), now));
        }
        progress.warn(tableName, pending.count(), now);
    }

    private void settleAll(List<Change> batch, Verdict verdict, long now) {
        // Backwards, as each goes to the front of the queue.
        for (int i = batch.size() - 1; i >= 0; i--) {
            settleOne(batch.get(i), verdict, batch.size(), now);
        }
    }

    private void settleOne(Change change, Verdict verdict, int batchSize, long now) {
        if (pending.settle(change, verdict, batchSize, now)) {
            statistics.merged.increment();
        }
    }

    private void fail(String message) {
        if (failure == null) {
            failure = message;
        }
        throw new MirrorException(failure);
    }

    private void throwIfOver() {
        throwFailure();
        if (finished) {
            throw new IllegalStateException("the mirror is closed");
        }
    }

    private void throwFailure() {
        if (failure != null) {
            throw new MirrorException(failure);
        }
    }
}
