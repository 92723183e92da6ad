package dev.dynamirror.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Many requests that are refused at once, with credentials that are slow to be looked up. */
final class RenewableCredentialsTest {

    private static final AwsCredentials OLD = AwsBasicCredentials.create("AKIDOLD", "s3cret");
    private static final AwsCredentials NEW = AwsBasicCredentials.create("AKIDNEW", "s3cret");

    private final AtomicInteger lookups = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicReference<AwsCredentials> found = new AtomicReference<>(OLD);
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final RenewableCredentials credentials =
            new RenewableCredentials(() -> OLD, this::lookUp, now::get, RenewableCredentials.LONGEST_WAIT);

    @AfterEach
    void close() {
        credentials.close();
    }

    @Test
    void manyRefusalsAreOneLookUp() throws Exception {
        List<CompletableFuture<Void>> renewals = refusals(256);
        await().until(() -> lookups.get() == 1);
        assertThat(renewals).noneMatch(CompletableFuture::isDone);
        release.countDown();
        for (CompletableFuture<Void> renewal : renewals) {
            renewal.get(20, TimeUnit.SECONDS);
        }
        // Nor do those that arrive a little later look again.
        now.updateAndGet(time -> time.plusMillis(999));
        assertThat(refusals(256)).allMatch(CompletableFuture::isDone);
        assertThat(lookups).hasValue(1);
        assertThat(credentials.resolveCredentials()).isEqualTo(OLD);

        found.set(NEW);
        now.updateAndGet(time -> time.plusMillis(1));
        refusals(1).get(0).get(20, TimeUnit.SECONDS);
        assertThat(lookups).hasValue(2);
        assertThat(credentials.resolveCredentials()).isEqualTo(NEW);

        now.updateAndGet(time -> time.plusSeconds(60));
        refusals(1).get(0).get(20, TimeUnit.SECONDS);
        assertThat(lookups).as("the old ones were refused late").hasValue(2);
    }

    /** As of a program that waits for somebody to log in: a mirror fails after a minute, and must come to know of it. */
    @Test
    void aLookUpThatNeverEndsIsNotWaitedForForEver() throws Exception {
        try (RenewableCredentials hanging =
                new RenewableCredentials(() -> OLD, this::lookUp, now::get, Duration.ofMillis(20))) {
            hanging.renew(OLD).get(20, TimeUnit.SECONDS);
            hanging.renew(OLD).get(20, TimeUnit.SECONDS);

            assertThat(lookups).hasValueLessThanOrEqualTo(1);
            assertThat(hanging.resolveCredentials()).isEqualTo(OLD);
            release.countDown();
        }
    }

    @Test
    void aClockThatWasSetBackDoesNotKeepFromLooking() throws Exception {
        release.countDown();
        refusals(1).get(0).get(20, TimeUnit.SECONDS);
        now.updateAndGet(time -> time.minusSeconds(3600));
        refusals(1).get(0).get(20, TimeUnit.SECONDS);
        assertThat(lookups).hasValue(2);
    }

    @Test
    void closingEndsALookUpAndItsThread() throws Exception {
        CompletableFuture<Void> renewal = refusals(1).get(0);
        await().until(() -> lookups.get() == 1);
        credentials.close();
        assertThat(renewal).isDone();
        // The pool is at its end a moment before its thread is.
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("dynamirror-credentials"));
        assertThat(refusals(1).get(0)).isDone();
        assertThat(lookups).hasValue(1);
    }

    private List<CompletableFuture<Void>> refusals(int count) {
        return Stream.generate(() -> credentials.renew(OLD)).limit(count).toList();
    }

    private AwsCredentialsProvider lookUp() {
        lookups.incrementAndGet();
        try {
            release.await();
        } catch (InterruptedException e) {
            throw SdkClientException.create("interrupted", e);
        }
        AwsCredentials now = found.get();
        return () -> now;
    }
}
