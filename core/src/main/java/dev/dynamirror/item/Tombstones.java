package dev.dynamirror.item;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How a versioned mirror marks what it has deleted.
 *
 * @param retention how long a tombstone stays at least: longer than the latest change may come late
 * @param clock tells the time of day
 */
public record Tombstones(Duration retention, InstantSource clock) {

    /** When a tombstone that is written now may go, in seconds since 1970. */
    long expires() {
        return clock.instant().plus(retention).getEpochSecond();
    }
}
