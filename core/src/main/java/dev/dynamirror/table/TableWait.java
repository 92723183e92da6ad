package dev.dynamirror.table;

import dev.dynamirror.client.SdkErrors;
import dev.dynamirror.error.MirrorException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.waiters.Waiter;
import software.amazon.awssdk.core.waiters.WaiterAcceptor;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Takes a step again and again until it is the last, says so in the log from time to time, and not for ever. */
final class TableWait {

    private static final Logger LOG = LoggerFactory.getLogger(TableWait.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(10);

    private final DynamoDbClient client;
    private final Duration longest;
    private final InstantSource clock;

    /** Takes how long to wait at most, and what tells the time of day. */
    TableWait(DynamoDbClient client, Duration longest, InstantSource clock) {
        this.client = client;
        this.longest = longest;
        this.clock = clock;
    }

    /**
     * Returns after the step that was the last.
     *
     * @param table the table's name
     * @param wish what is waited for, in words: {@code it is active}
     * @param step what is done; it returns what the table is like
     * @param isLast whether that is what was waited for
     * @param tooEarly whether an exception of a step says that it came too early
     * @throws MirrorException of a step, or if the time is over
     */
    void until(
            String table,
            String wish,
            Supplier<TableState> step,
            Predicate<TableState> isLast,
            Predicate<Throwable> tooEarly) {
        Progress progress = new Progress(table, wish);
        WaiterOverrideConfiguration pace = WaiterOverrideConfiguration.builder()
                .waitTimeout(longest)
                .maxAttempts(Integer.MAX_VALUE)
                .backoffStrategyV2(BackoffStrategy.exponentialDelay(FIRST_PAUSE, LONGEST_PAUSE))
                .build();
        Waiter<TableState> waiter = Waiter.builder(TableState.class)
                .overrideConfiguration(pace)
                .addAcceptor(WaiterAcceptor.successOnResponseAcceptor(isLast))
                .addAcceptor(WaiterAcceptor.retryOnResponseAcceptor(progress::goesOn))
                // Only once something was heard of the table: an address that is wrong is no reason to wait.
                .addAcceptor(WaiterAcceptor.retryOnExceptionAcceptor(
                        failure -> tooEarly.test(failure) || (progress.last != null && SdkErrors.mayPass(failure))))
                .build();
        try {
            waiter.run(step);
        } catch (SdkException e) {
            throw progress.inVain(e);
        }
    }

    /** What is said while a wait goes on. */
    private final class Progress {

        private final String table;
        private final String wish;
        private final Instant start = clock.instant();
        private Instant told = start;
        private @Nullable TableState last;

        private Progress(String table, String wish) {
            this.table = table;
            this.wish = wish;
        }

        /** Always true. */
        private boolean goesOn(TableState state) {
            Instant now = clock.instant();
            if (last == null) {
                LOG.info("table {}: waiting until {}", table, wish);
            } else if (Duration.between(told, now).compareTo(BETWEEN_WORDS) >= 0) {
                told = now;
                LOG.info(
                        "table {}: waiting until {}; after {} s it is {}",
                        table,
                        wish,
                        Duration.between(start, now).toSeconds(),
                        state);
            }
            last = state;
            return true;
        }

        private RuntimeException inVain(SdkException failure) {
            if (failure.getCause() instanceof MirrorException ofStep) {
                return ofStep;
            }
            if (last == null) {
                return failure.getCause() instanceof SdkException ofStep ? ofStep : failure;
            }
            if (failure.getCause() == null) {
                return new MirrorException(
                        "table " + table + ": waited " + words(longest) + " until " + wish + ", but it is " + last
                                + "; look what is the matter with it, and start again",
                        failure);
            }
            return new MirrorException(
                    "table " + table + ": waiting until " + wish + ", for at most " + words(longest) + ", failed: "
                            + SdkErrors.describe(client, failure),
                    failure);
        }

        private static String words(Duration time) {
            return time.toMinutes() > 0 ? time.toMinutes() + " minutes" : time.toMillis() + " ms";
        }
    }
}
