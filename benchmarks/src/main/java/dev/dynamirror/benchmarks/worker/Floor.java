package dev.dynamirror.benchmarks.worker;

import dev.dynamirror.item.RowEncoder;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What nobody can do without: the bytes of 25 changes, made beforehand, are copied into a body, hashed with SHA-256, and
 * handed to the kernel, eight requests in flight on one connection.
 */
final class Floor implements Contender {

    private static final int ELEMENTS = 1000;
    private static final int PIPELINED = 8;
    private static final byte[] START = ascii("{\"RequestItems\":{\"" + Target.TABLE + "\":[");
    private static final byte[] END = ascii("]}}");

    private final SocketChannel channel;
    private final MessageDigest sha256;
    private final byte[][] elements = new byte[ELEMENTS][];
    private final ByteBuffer body = ByteBuffer.allocate(1 << 20);
    private final ByteBuffer request = ByteBuffer.allocateDirect(1 << 20);
    private final ByteBuffer replies = ByteBuffer.allocateDirect(1 << 16);
    private int next;

    private Floor(SocketChannel channel, RowSize rows) throws GeneralSecurityException {
        this.channel = channel;
        this.sha256 = MessageDigest.getInstance("SHA-256");
        RowEncoder<BenchmarkRow> encoder = BenchmarkColumns.encoder(rows);
        for (int i = 0; i < ELEMENTS; i++) {
            elements[i] = encoder.put(rows.row(i)).wire();
        }
    }

    static Floor open(Target target) throws IOException, GeneralSecurityException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(
                target.endpoint().getHost(), target.endpoint().getPort()));
        channel.socket().setTcpNoDelay(true);
        return new Floor(channel, target.rows());
    }

    @Override
    public void write(long count) throws IOException {
        long requests = count / Target.BATCH;
        // The first one alone, to see how long the stub's answer is, which is always the same.
        send();
        int replyBytes = read();
        for (long sent = 1; sent < requests; sent += PIPELINED) {
            int many = (int) Math.min(PIPELINED, requests - sent);
            for (int i = 0; i < many; i++) {
                send();
            }
            for (int bytes = 0; bytes < many * replyBytes; ) {
                bytes += read();
            }
        }
    }

    private void send() throws IOException {
        body.clear().put(START);
        for (int i = 0; i < Target.BATCH; i++) {
            if (i > 0) {
                body.put((byte) ',');
            }
            body.put(elements[next]);
            next = (next + 1) % ELEMENTS;
        }
        body.put(END).flip();
        sha256.update(body.array(), 0, body.limit());
        String hash = HexFormat.of().formatHex(sha256.digest());
        request.clear()
                .put(ascii("POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: DynamoDB_20120810.BatchWriteItem\r\n"
                        + "X-Amz-Content-Sha256: " + hash + "\r\nContent-Length: " + body.limit() + "\r\n\r\n"))
                .put(body)
                .flip();
        while (request.hasRemaining()) {
            channel.write(request);
        }
    }

    /** Reads what has come, and says how many bytes that are. */
    private int read() throws IOException {
        int bytes = channel.read(replies.clear());
        if (bytes < 0) {
            throw new EOFException("the stub has closed the connection");
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
