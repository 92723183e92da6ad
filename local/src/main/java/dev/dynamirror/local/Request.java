package dev.dynamirror.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One request of DynamoDB's HTTP protocol, written by hand: the JDK's HTTP client alone would take longer to load than
 * the answer takes to come.
 */
record Request(String operation, String body) {

    static final Request LIST_TABLES = new Request("ListTables", "{}");

    /** Returns whether it was answered with status 200; false too if nobody answered in time. */
    boolean succeeds(int port, Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), millis);
            socket.setSoTimeout(millis);
            socket.getOutputStream().write(text(port).getBytes(StandardCharsets.UTF_8));
            BufferedReader reply =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String status = reply.readLine();
            return status != null && status.startsWith("HTTP/1.1 200 ");
        } catch (IOException notNow) {
            return false;
        }
    }

    private String text(int port) {
        return String.join(
                "\r\n",
                "POST / HTTP/1.1",
                "Host: 127.0.0.1:" + port,
                "Connection: close",
                "Content-Type: application/x-amz-json-1.0",
                "X-Amz-Target: DynamoDB_20120810." + operation,
                "Authorization: AWS4-HMAC-SHA256 Credential=dynamirror/20260101/us-east-1/dynamodb/aws4_request,"
                        + " SignedHeaders=host, Signature=0",
                "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length,
                "",
                body);
    }
}
