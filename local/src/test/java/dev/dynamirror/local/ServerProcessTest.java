package dev.dynamirror.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server does that ends too early, played by small shell scripts. */
@Timeout(60)
final class ServerProcessTest {

    @TempDir
    private Path folder;

    @Test
    void saysHowItEndedAndWhatItSaid() throws Exception {
        int port = freePort();
        ServerProcess server = spawn("echo one; echo; echo ' two' >&2; echo '\tat a.b.C(C.java:1)'; echo; exit 3");
        assertThat(server.awaitAnswer(port)).isFalse();
        assertThat(server.crashed()).isFalse();
        assertThatThrownBy(() -> server.requireAnswered(port))
                .isInstanceOf(LocalDynamoDbException.class)
                .hasMessage("DynamoDB Local ended with status 3 before it answered on port " + port + "; it said: two")
                .hasRootCauseMessage("its output:\none\ntwo");
    }

    @Test
    void saysOnlyTheBeginningOfALongLine() throws Exception {
        int port = freePort();
        ServerProcess server = spawn("printf '%0300d\n' 7; exit 1");
        assertThat(server.awaitAnswer(port)).isFalse();
        assertThatThrownBy(() -> server.requireAnswered(port))
                .hasMessage("DynamoDB Local ended with status 1 before it answered on port " + port + "; it said: "
                        + "0".repeat(200) + "…");
    }

    @Test
    void saysNothingOfOneThatSaidNothing() throws Exception {
        int port = freePort();
        ServerProcess server = spawn("exit 1");
        assertThat(server.awaitAnswer(port)).isFalse();
        assertThatThrownBy(() -> server.requireAnswered(port))
                .hasMessage("DynamoDB Local ended with status 1 before it answered on port " + port)
                .hasNoCause();
    }

    @Test
    void knowsABrokenJvmFromOneThatGaveUp() {
        ServerProcess server = spawn("kill -ABRT $$");
        assertThat(server.endsWithin(Duration.ofSeconds(30))).isTrue();
        assertThat(server.crashed()).isTrue();
    }

    @Test
    void stoppingOneThatHasEndedDoesNothing() {
        ServerProcess server = spawn("exit 0");
        assertThat(server.endsWithin(Duration.ofSeconds(30))).isTrue();
        server.stop();
        assertThat(server.crashed()).isFalse();
    }

    @Test
    void anInterruptedThreadStillStopsIt() {
        ServerProcess server = spawn("trap '' TERM; exec sleep 60");
        Thread.currentThread().interrupt();
        server.stop();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(server.endsWithin(Duration.ofSeconds(30))).isTrue();
    }

    private ServerProcess spawn(String script) {
        return ServerProcess.spawn(List.of("sh", "-c", script), folder);
    }

    private static int freePort() throws IOException {
        PortReservation reservation = PortReservation.of(0);
        reservation.release();
        return reservation.port();
    }
}
