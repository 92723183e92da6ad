package dev.dynamirror.write;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.item.Change;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

    private static final PendingChanges.Bounds BATCH =
            new PendingChanges.Bounds(BatchTransport.MAX_CHANGES, BatchTransport.MAX_REQUEST_BYTES);

    private final String tableName;
    private final BatchTransport transport;
    private final WriterLoop loop;
    private final WriterSettings settings;
    private final PendingChanges pending = new PendingChanges();
    private final Concurrency concurrency;
    private final WriterStatistics statistics = new WriterStatistics();

    private int requestsInFlight;
    private int flushes;
    private boolean finished;
    private @Nullable Timer timer;
    private long lastProgress;
    private @Nullable String failure;

    /** The next moment at which {@link #sendWhatIsDue} is called without anything else happening. */
    private record Timer(long at) {}

    /** Creates a writer that sends through this transport, which it doesn't close. */
    public MirrorWriter(String tableName, BatchTransport transport, WriterLoop loop, RandomGenerator random) {
        this(tableName, transport, loop, random, WriterSettings.DEFAULT);
    }

    MirrorWriter(
            String tableName,
            BatchTransport transport,
            WriterLoop loop,
            RandomGenerator random,
            WriterSettings settings) {
        this.tableName = tableName;
        this.transport = transport;
        this.loop = loop;
        this.settings = settings;
        this.concurrency = new Concurrency(random, loop.nanoTime());
        this.lastProgress = loop.nanoTime();
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
        while (isFull()) {
            sendWhatIsDue();
            loop.awaitTask();
            throwIfOver();
        }
        long now = loop.nanoTime();
        if (pending.isEmpty()) {
            lastProgress = now;
        }
        if (pending.add(change, now) == PendingChanges.Added.MERGED) {
            statistics.merged.increment();
        }
        sendWhatIsDue();
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
            while (!pending.isWritten(mark)) {
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

    /** How many changes wait or are in flight. */
    int pendingCount() {
        return pending.count();
    }

    /** How many requests are in flight. */
    int requestsInFlight() {
        return requestsInFlight;
    }

    /** The loop's body: sends the batches that are due, and sees to it that it is called when the next one is. */
    private void sendWhatIsDue() {
        if (failure != null) {
            return;
        }
        long now = loop.nanoTime();
        // A flush waits for everything, so nothing lingers then.
        long linger = flushes > 0 ? 0 : settings.linger().toNanos();
        pending.endLingering(now, linger);
        while (requestsInFlight < concurrency.limit() && pending.readyCount() > 0 && now - dueAt(linger) >= 0) {
            List<Change> batch = pending.take(BATCH, now, linger);
            if (!batch.isEmpty()) {
                send(batch, now);
            }
        }
        if (requestsInFlight >= concurrency.limit()) {
            return; // a reply comes first
        }
        if (pending.readyCount() > 0) {
            wakeAt(dueAt(linger), now);
        }
        if (pending.isLingering()) {
            wakeAt(pending.lingeringSince() + linger, now);
        }
    }

    /** Sees to it that the body is called at that moment, if it is not called sooner anyway. */
    private void wakeAt(long moment, long now) {
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
    private long dueAt(long linger) {
        boolean atOnce = pending.readyCount() >= BATCH.changes() || isFull();
        long lingered = pending.readySince() + (atOnce ? 0 : linger);
        return lingered - concurrency.pausedUntil() > 0 ? lingered : concurrency.pausedUntil();
    }

    private boolean isFull() {
        return pending.count() >= settings.maxPendingChanges() || pending.bytes() >= settings.maxPendingBytes();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // no stage fails: the last one only hands the reply to the loop
    private void send(List<Change> batch, long now) {
        requestsInFlight++;
        statistics.requests.increment();
        CompletableFuture<BatchReply> reply;
        try {
            reply = transport.send(batch);
        } catch (RuntimeException defect) {
            reply = CompletableFuture.failedFuture(defect);
        }
        reply.exceptionally(defect -> new BatchReply.Refused("a defect of dynamirror: " + defect))
                .thenAccept(known -> loop.execute(() -> guarded(() -> settle(batch, now, known))));
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
        }
    }

    private void settle(List<Change> batch, long sentAt, BatchReply given) {
        requestsInFlight--;
        long now = loop.nanoTime();
        BatchReply reply = checked(batch, given);
        if (reply instanceof BatchReply.Answered answered) {
            settleAnswered(batch, sentAt, answered, now);
        } else if (reply instanceof BatchReply.Throttled throttled) {
            statistics.throttled.increment();
            concurrency.throttled(sentAt, now);
            settleAll(batch, Verdict.AGAIN, now);
            checkProgress(throttled.error(), now);
        } else if (reply instanceof BatchReply.Unknown unknown) {
            LOG.debug("table {}: the outcome of a request is unknown: {}", tableName, unknown.error());
            statistics.unknown.increment();
            concurrency.throttled(sentAt, now);
            settleAll(batch, Verdict.UNKNOWN, now);
            checkProgress(unknown.error(), now);
        } else if (reply instanceof BatchReply.Refused refused) {
            settleAll(batch, Verdict.AGAIN, now);
            fail("table " + tableName + ": DynamoDB refused a request of " + batch.size()
                    + " changes, the first of key " + batch.get(0).key() + ": " + refused.error());
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

    private void settleAnswered(List<Change> batch, long sentAt, BatchReply.Answered answered, long now) {
        List<Change> again = batch.stream()
                .filter(change -> answered.unprocessed().contains(change.key()))
                .toList();
        statistics.unprocessed.add(again.size());
        settleAll(again, Verdict.AGAIN, now);
        for (Change change : batch) {
            if (!answered.unprocessed().contains(change.key())) {
                settleOne(change, Verdict.APPLIED, now);
                if (change instanceof Change.Put) {
                    statistics.put.increment();
                } else {
                    statistics.deleted.increment();
                }
            }
        }
        if (answered.unprocessed().isEmpty()) {
            concurrency.good();
        } else {
            concurrency.throttled(sentAt, now);
        }
        if (answered.unprocessed().size() < batch.size()) {
            lastProgress = now;
        } else {
            checkProgress("all changes of a request came back unprocessed", now);
        }
    }

    private void settleAll(List<Change> batch, Verdict verdict, long now) {
        // Backwards, as each goes to the front of the queue.
        for (int i = batch.size() - 1; i >= 0; i--) {
            settleOne(batch.get(i), verdict, now);
        }
    }

    private void settleOne(Change change, Verdict verdict, long now) {
        if (pending.settle(change, verdict, now)) {
            statistics.merged.increment();
        }
    }

    private void checkProgress(String lastAnswer, long now) {
        if (now - lastProgress >= settings.giveUpAfter().toNanos()) {
            fail("table " + tableName + ": nothing got through for "
                    + settings.giveUpAfter().toMinutes() + " minutes, " + pending.count()
                    + " changes wait; the last answer was: " + lastAnswer);
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
