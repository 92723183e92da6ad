package dev.dynamirror.flink;

import dev.dynamirror.testkit.faulty.Fault;
import dev.dynamirror.testkit.faulty.Faults;
import dev.dynamirror.testkit.faulty.FaultyDynamoDb;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** How a server fails in the matrix. */
enum Weather {
    FINE,
    UNPROCESSED,
    PROVISIONED_THROUGHPUT_EXCEEDED,
    THROTTLING,
    REQUEST_LIMIT_EXCEEDED,
    INTERNAL_ERROR,
    INTERNAL_ERROR_APPLIED,
    UNAVAILABLE,
    UNAVAILABLE_APPLIED,
    DELAYS,
    CLOSED_BEFORE,
    CLOSED_AFTER,
    HALF_A_REPLY,
    /** As the real service does it: what is over a partition's units is unprocessed, or throttled. */
    PARTITIONS,
    /** All of the above together. */
    ALL,
    /**
     * Some requests are applied at any time later, some even when the job is over: no writer can keep their order, but
     * DynamoDB's conditions can.
     */
    LATE,
    /** Everything together. */
    ALL_AND_LATE;

    /** Those that every mirror is to stand. */
    static final Set<Weather> WITHOUT_LATE = EnumSet.range(FINE, ALL);

    /** Which part of the requests meets the fault, if there is but one. */
    private static final double SHARE = 0.1;

    /** Sets the server's faults. */
    void over(FaultyDynamoDb db, long seed) {
        Faults.Seeded faults = Faults.seeded(seed);
        boolean limited = this == PARTITIONS || this == ALL || this == ALL_AND_LATE;
        if (limited) {
            db.partitions(4, 1500, 200);
        }
        db.faults(
                switch (this) {
                    case FINE, PARTITIONS -> faults;
                    case UNPROCESSED -> faults.with(Fault.UNPROCESSED, 3 * SHARE);
                    case PROVISIONED_THROUGHPUT_EXCEEDED -> faults.with(Fault.THROTTLE, SHARE);
                    case THROTTLING -> faults.with(Fault.THROTTLING_EXCEPTION, SHARE);
                    case REQUEST_LIMIT_EXCEEDED -> faults.with(Fault.REQUEST_LIMIT, SHARE);
                    case INTERNAL_ERROR -> faults.with(Fault.INTERNAL_ERROR, SHARE);
                    case INTERNAL_ERROR_APPLIED -> faults.with(Fault.INTERNAL_ERROR_APPLIED, SHARE);
                    case UNAVAILABLE -> faults.with(Fault.UNAVAILABLE, SHARE);
                    case UNAVAILABLE_APPLIED -> faults.with(unavailableApplied(), SHARE);
                    case DELAYS -> faults.with(delay(), 1);
                    case CLOSED_BEFORE -> faults.with(Fault.CLOSED_BEFORE, SHARE);
                    case CLOSED_AFTER -> faults.with(Fault.CLOSED_AFTER, SHARE);
                    case HALF_A_REPLY -> faults.with(Fault.HALF_REPLY, SHARE);
                    case ALL -> all(faults);
                    case LATE ->
                        faults.with(Fault.late(Duration.ofMillis(5)), 0.02)
                                .with(Fault.late(Duration.ofMillis(100)), 0.02)
                                .with(Fault.LATE, 0.01);
                    case ALL_AND_LATE ->
                        all(faults)
                                .with(Fault.late(Duration.ofMillis(5)), 0.01)
                                .with(Fault.late(Duration.ofMillis(100)), 0.01)
                                .with(Fault.LATE, 0.01);
                });
    }

    private static Faults.Seeded all(Faults.Seeded faults) {
        return faults.with(Fault.UNPROCESSED, 0.03)
                .with(Fault.THROTTLE, 0.01)
                .with(Fault.THROTTLING_EXCEPTION, 0.01)
                .with(Fault.REQUEST_LIMIT, 0.01)
                .with(Fault.INTERNAL_ERROR, 0.01)
                .with(Fault.INTERNAL_ERROR_APPLIED, 0.01)
                .with(Fault.UNAVAILABLE, 0.01)
                .with(unavailableApplied(), 0.01)
                .with(delay(), 0.05)
                .with(Fault.CLOSED_BEFORE, 0.01)
                .with(Fault.CLOSED_AFTER, 0.01)
                .with(Fault.HALF_REPLY, 0.01);
    }

    private static Fault unavailableApplied() {
        return new Fault.Failure(503, "ServiceUnavailable", "Service is unavailable, please retry", null, true);
    }

    private static Fault delay() {
        return Fault.delay(Duration.ofMillis(1), Duration.ofMillis(20));
    }
}
