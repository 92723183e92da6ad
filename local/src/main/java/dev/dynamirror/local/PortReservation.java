package dev.dynamirror.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port that is ours until the child process listens on it.
 *
 * <p>The child can't be given a socket, only a number, and between finding a free port and the child's listening there
 * anyone could take it. On Linux a socket that is bound but does not listen keeps others away, while the child, which
 * binds with {@code SO_REUSEADDR} as every Java server does, still gets the port. Elsewhere the child would not get it,
 * so there the reservation only finds the port and says whether it is free.
 */
final class PortReservation {

    private static final boolean HELD = System.getProperty("os.name").equals("Linux");

    private final Socket socket = new Socket();
    private final int port;

    private PortReservation(int wanted) throws IOException {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(wanted));
        port = socket.getLocalPort();
        if (!HELD) {
            release();
        }
    }

    /** Reserves a port, any free one for 0. */
    static PortReservation of(int wanted) throws IOException {
        try {
            return new PortReservation(wanted);
        } catch (BindException inUse) {
            throw new LocalDynamoDbException(
                    "port %d can't be used for DynamoDB Local (%s): stop what listens there, or name another port"
                            .formatted(wanted, inUse.getMessage()),
                    inUse);
        }
    }

    int port() {
        return port;
    }

    void release() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
