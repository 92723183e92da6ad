package dev.dynamirror.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports for servers of tests that can't choose one themselves. */
public final class Ports {

    private Ports() {}

    /**
     * A port that nobody listens to now, on loopback.
     *
     * @throws IOException if there is none
     */
    public static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
