package dev.dynamirror.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.client.Connection;
import dev.dynamirror.client.ConnectionSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

final class TableWaitTest {

    private static TableState state(TableStatus status) {
        return new TableState(TableDescription.builder().tableStatus(status).build());
    }

    /** Six seconds pass with each look at the table: it says so in the beginning, and after ten more. */
    @Test
    void theLogSaysFromTimeToTimeWhatTheTableIs() {
        AtomicLong seconds = new AtomicLong();
        Iterator<TableState> states = List.of(
                        state(TableStatus.DELETING),
                        new TableState(null),
                        state(TableStatus.CREATING),
                        state(TableStatus.CREATING),
                        state(TableStatus.ACTIVE))
                .iterator();
        try (Connection connection =
                Connection.open(new ConnectionSettings(URI.create("http://127.0.0.1:1"), "us-east-1"))) {
            TableWait wait = new TableWait(
                    connection.client(), Duration.ofMinutes(1), () -> Instant.ofEpochSecond(seconds.getAndAdd(6)));

            String said = LogLines.of(
                    "INFO",
                    () -> wait.until("orders", "it is active", states::next, TableState::isUsable, failure -> false));

            assertThat(said).isEqualTo("""
                    table orders: waiting until it is active
                    table orders: waiting until it is active; after 12 s it is missing
                    table orders: waiting until it is active; after 24 s it is CREATING
                    """);
        }
        assertThat(states.hasNext()).isFalse();
    }
}
