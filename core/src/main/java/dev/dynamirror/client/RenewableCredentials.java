package dev.dynamirror.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Credentials that are looked up anew when DynamoDB no longer takes them: a provider of the SDK renews them in time if it
 * knows when they expire, and otherwise remembers them for ever.
 */
public final class RenewableCredentials implements AwsCredentialsProvider, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RenewableCredentials.class);

    /** How long after a look-up there is none again: whose request was refused meanwhile has its answer. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    /** How long a look-up is waited for, which a program of the user's may never end. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Supplier<AwsCredentialsProvider> lookup;
    private final InstantSource clock;
    private final Duration longestWait;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(RenewableCredentials::thread);

    /** The last look-up, which may be going on; guarded by this. */
    private CompletableFuture<Void> renewal = CompletableFuture.completedFuture(null);

    private volatile Instant lookedAt = Instant.EPOCH;
    private volatile AwsCredentialsProvider provider;

    /** Closed in the end only: another thread may just be asking one of them. */
    private final Queue<AwsCredentialsProvider> replaced = new ConcurrentLinkedQueue<>();

    /**
     * Creates credentials.
     *
     * @param provider what gives them until they are refused
     * @param lookup gives a provider that remembers nothing
     * @param clock tells how long ago was looked
     * @param longestWait how long a look-up is waited for at most
     */
    RenewableCredentials(
            AwsCredentialsProvider provider,
            Supplier<AwsCredentialsProvider> lookup,
            InstantSource clock,
            Duration longestWait) {
        this.provider = provider;
        this.lookup = lookup;
        this.clock = clock;
        this.longestWait = longestWait;
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return provider.resolveCredentials();
    }

    /**
     * Looks for other credentials than those that were refused, in a thread of its own; keeps them if there are none. All
     * that ask meanwhile or shortly afterwards share one look-up.
     *
     * @param refused what a request was signed with
     * @return done when it was looked, which may take seconds, or has taken too long; never fails
     */
    public synchronized CompletableFuture<Void> renew(AwsCredentialsIdentity refused) {
        if (renewal.isDone() && !thread.isShutdown() && !hasJustLooked()) {
            renewal = CompletableFuture.runAsync(() -> lookUp(refused), thread);
        }
        return renewal.copy().completeOnTimeout(null, longestWait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The clock may be set meanwhile. */
    private boolean hasJustLooked() {
        return Duration.between(lookedAt, clock.instant()).abs().compareTo(PAUSE) < 0;
    }

    private void lookUp(AwsCredentialsIdentity refused) {
        try {
            if (!isSame(provider.resolveCredentials(), refused)) {
                return; // they were renewed since
            }
            AwsCredentialsProvider fresh = lookup.get();
            if (isSame(fresh.resolveCredentials(), refused)) {
                close(fresh);
            } else {
                replaceWith(fresh);
            }
            lookedAt = clock.instant();
        } catch (RuntimeException e) {
            lookedAt = clock.instant();
            LOG.warn("the AWS credentials have expired, and newer ones can't be looked up: {}", e.getMessage());
        }
    }

    private synchronized void replaceWith(AwsCredentialsProvider fresh) {
        if (thread.isShutdown()) {
            close(fresh);
            return;
        }
        LOG.info("the AWS credentials have expired and were renewed");
        replaced.add(provider);
        provider = fresh;
    }

    @Override
    public void close() {
        CompletableFuture<Void> last;
        synchronized (this) {
            thread.shutdownNow();
            last = renewal;
        }
        last.complete(null);
        try {
            if (!thread.awaitTermination(LONGEST_CLOSE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("a look-up of AWS credentials goes on after the connection was closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        replaced.forEach(RenewableCredentials::close);
        close(provider);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "dynamirror-credentials");
        thread.setDaemon(true);
        return thread;
    }

    private static boolean isSame(AwsCredentialsIdentity some, AwsCredentialsIdentity other) {
        return some.accessKeyId().equals(other.accessKeyId())
                && some.secretAccessKey().equals(other.secretAccessKey());
    }

    private static void close(AwsCredentialsProvider provider) {
        if (provider instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                LOG.debug("closing the credentials provider failed", e);
            }
        }
    }
}
