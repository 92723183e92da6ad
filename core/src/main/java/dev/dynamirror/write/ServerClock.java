package dev.dynamirror.write;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The time of day at the server: this machine's, until the server says that it is another. */
final class ServerClock implements InstantSource {

    private final InstantSource own;
    private volatile Duration ahead = Duration.ZERO;

    /**
     * Creates a clock.
     *
     * @param own this machine's
     */
    ServerClock(InstantSource own) {
        this.own = own;
    }

    @Override
    public Instant instant() {
        return own.instant().plus(ahead);
    }

    /**
     * Sets the clock to what the server says, if an error blames the time of the request's signature.
     *
     * @param signedAt the signature's time
     * @param date the Date header of the error; null if it has none
     * @return whether it blames the time
     */
    boolean setIfBlamed(DynamoDbError error, Instant signedAt, @Nullable String date) {
        Instant now = parse(date);
        if (!error.blamesTime(signedAt, now)) {
            return false;
        }
        if (now != null) {
            ahead = Duration.between(own.instant(), now);
        }
        return true;
    }

    /** The time of a reply's Date header; null if there is none or it can't be read. */
    private static @Nullable Instant parse(@Nullable String date) {
        if (date == null) {
            return null;
        }
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
