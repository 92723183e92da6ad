package dev.dynamirror.client;

import dev.dynamirror.error.MirrorException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Credentials that are looked up anew when DynamoDB no longer takes them: a provider of the SDK renews them in time if it
 * knows when they expire, and otherwise remembers them for ever.
 */
public final class RenewableCredentials implements AwsCredentialsProvider, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RenewableCredentials.class);

    private final Supplier<AwsCredentialsProvider> lookup;
    private volatile AwsCredentialsProvider provider;

    /** Closed in the end only: another thread may just be asking one of them. */
    private final Queue<AwsCredentialsProvider> replaced = new ConcurrentLinkedQueue<>();

    /**
     * Creates credentials.
     *
     * @param provider what gives them until they are refused
     * @param lookup gives a provider that remembers nothing
     */
    RenewableCredentials(AwsCredentialsProvider provider, Supplier<AwsCredentialsProvider> lookup) {
        this.provider = provider;
        this.lookup = lookup;
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return provider.resolveCredentials();
    }

    /**
     * Looks for other credentials than those that were refused; keeps them if there are none. May take seconds.
     *
     * @param refused what a request was signed with
     */
    public synchronized void renew(AwsCredentialsIdentity refused) {
        try {
            if (!isSame(provider.resolveCredentials(), refused)) {
                return; // somebody was faster
            }
            AwsCredentialsProvider fresh = lookup.get();
            if (isSame(fresh.resolveCredentials(), refused)) {
                close(fresh);
                return;
            }
            LOG.info("the AWS credentials have expired and were renewed");
            replaced.add(provider);
            provider = fresh;
        } catch (SdkException | MirrorException e) {
            LOG.warn("the AWS credentials have expired, and newer ones can't be looked up: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        replaced.forEach(RenewableCredentials::close);
        close(provider);
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
