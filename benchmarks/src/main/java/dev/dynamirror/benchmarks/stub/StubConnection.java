package dev.dynamirror.benchmarks.stub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.function.BiConsumer;

/** One client's connection: whole requests in, answers out. */
final class StubConnection {

    private static final int FIRST_BYTES = 128 << 10;

    private final SelectionKey key;
    private final ByteStream stream;
    private final Queue<ByteBuffer> out = new ArrayDeque<>();
    private byte[] bytes = new byte[FIRST_BYTES];
    private ByteBuffer in = ByteBuffer.wrap(bytes);

    StubConnection(SelectionKey key, ByteStream stream) {
        this.key = key;
        this.stream = stream;
    }

    /** Reads what has come, and passes each whole request on with the bytes that it is in. */
    void read(BiConsumer<HttpRequest, byte[]> requests) throws IOException {
        boolean open = stream.read(in);
        in.flip();
        HttpRequest request = HttpRequest.read(bytes, in.position(), in.limit());
        while (request != null) {
            requests.accept(request, bytes);
            in.position(request.end());
            request = HttpRequest.read(bytes, in.position(), in.limit());
        }
        in.compact();
        if (in.remaining() < FIRST_BYTES / 2) {
            int read = in.position();
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
            in = ByteBuffer.wrap(bytes).position(read);
        }
        if (!open) {
            key.channel().close();
        }
    }

    /** Sends an answer behind those that were given before. */
    void answer(byte[] bytes) throws IOException {
        if (key.isValid()) {
            out.add(ByteBuffer.wrap(bytes));
            write();
        }
    }

    /** Sends what can be sent now. */
    void write() throws IOException {
        ByteBuffer next = out.peek();
        while (next != null && stream.write(next)) {
            out.remove();
            next = out.peek();
        }
        int interest = out.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
    }
}
