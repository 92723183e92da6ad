package dev.dynamirror.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.item.Change;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How many of the changes of a skewed stream are written: 500,000 changes of 10,000 keys, of which the one of rank r is
 * drawn in proportion to 1/r, a quarter of them deletes and the inserts that bring their items back.
 */
final class MergingWindowTest {

    private static final int KEYS = 10_000;
    private static final int CHANGES = 500_000;

    /** How many changes the source gives before the clock moves on. */
    private static final int PIECE = 10;

    private final SteppedLoop loop = new SteppedLoop();

    /** The reference is what batches of 25 rows without their duplicates give; a writer is to write 2.5 times fewer. */
    @Test
    void batchesOf25RowsWithoutDuplicatesWriteMostChanges() {
        Stream stream = new Stream();
        long written = 0;
        for (int i = 0; i < CHANGES; i += BatchTransport.MAX_CHANGES) {
            Set<Object> keys = new HashSet<>();
            for (int j = 0; j < BatchTransport.MAX_CHANGES; j++) {
                keys.add(stream.next().key());
            }
            written += keys.size();
        }
        assertThat(share(written)).isBetween(0.86, 0.88);
    }

    /** The slowest of these sources gives 100,000 changes a second, the fastest gives all at once. */
    @ParameterizedTest(name = "a round trip of {0} ms, {1} µs between two changes")
    @CsvSource({"0,0", "0,1", "0,2.5", "0,10", "5,1", "5,2.5", "5,10", "20,1", "20,2.5", "20,10"})
    void atMostEightInTwentyThreeChangesAreWritten(long roundTripMillis, double microsBetweenChanges)
            throws InterruptedException {
        Delayed transport = new Delayed(Duration.ofMillis(roundTripMillis));
        MirrorWriter writer = new MirrorWriter(
                "t", transport, loop, new SplittableRandom(1), WriterSettings.DEFAULT, WriterListener.failing("t"));
        Stream stream = new Stream();
        Duration pause = Duration.ofNanos(Math.round(PIECE * microsBetweenChanges * 1_000));
        for (int i = 0; i < CHANGES; i++) {
            writer.apply(stream.next());
            if (i % PIECE == 0) {
                loop.advance(pause);
            }
        }
        writer.finish();
        System.out.printf(
                "round trip %d ms, %.1f µs between changes: %.3f written, %d requests, %s in all%n",
                roundTripMillis,
                microsBetweenChanges,
                share(transport.written),
                transport.requests,
                loop.clock.elapsed());
        assertThat(writer.statistics().put() + writer.statistics().deleted()).isEqualTo(transport.written);
        assertThat(share(transport.written)).isLessThan(0.87 / 2.5);
    }

    private static double share(long written) {
        return (double) written / CHANGES;
    }

    /** The changes, the same each time. */
    private static final class Stream {

        private final SplittableRandom random = new SplittableRandom(1);
        private final double[] sums = new double[KEYS];
        private final boolean[] lives = new boolean[KEYS];
        private int value;

        Stream() {
            double sum = 0;
            for (int i = 0; i < KEYS; i++) {
                sum += 1.0 / (i + 1);
                sums[i] = sum;
            }
        }

        Change next() {
            int found = Arrays.binarySearch(sums, random.nextDouble() * sums[KEYS - 1]);
            int key = found < 0 ? -found - 1 : found;
            // One change in eight is a delete, and the next one of its key an insert.
            boolean deletes = lives[key] && random.nextInt(7) == 0;
            lives[key] = !deletes;
            return deletes ? Changes.delete("k" + key) : Changes.put("k" + key, value++);
        }
    }

    /** Answers each request after a time, and counts. */
    private final class Delayed implements BatchTransport {

        private final Duration roundTrip;
        private long written;
        private long requests;

        Delayed(Duration roundTrip) {
            this.roundTrip = roundTrip;
        }

        @Override
        public CompletableFuture<BatchReply> send(List<Change> changes) {
            written += changes.size();
            requests++;
            CompletableFuture<BatchReply> reply = new CompletableFuture<>();
            if (roundTrip.isZero()) {
                reply.complete(new BatchReply.Answered(Set.of(), Double.NaN));
            } else {
                loop.executeAfter(roundTrip, () -> reply.complete(new BatchReply.Answered(Set.of(), Double.NaN)));
            }
            return reply;
        }

        @Override
        public void close() {}
    }
}
