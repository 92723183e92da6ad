package dev.dynamirror.benchmarks.stub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The bytes that go over a connection that never blocks, in the clear. */
interface ByteStream {

    /** Reads what is there behind the buffer's position; false if the connection has ended. */
    boolean read(ByteBuffer in) throws IOException;

    /** Writes what can be written now; whether all that was ever given is written. */
    boolean write(ByteBuffer out) throws IOException;

    /** The bytes of that channel, under TLS if there is a context. */
    static ByteStream of(SocketChannel channel, @Nullable SSLContext tls) throws IOException {
        return tls == null ? new Plain(channel) : new TlsStream(channel, tls);
    }

    /** The channel's bytes are the bytes. */
    record Plain(SocketChannel channel) implements ByteStream {

        @Override
        public boolean read(ByteBuffer in) throws IOException {
            return channel.read(in) >= 0;
        }

        @Override
        public boolean write(ByteBuffer out) throws IOException {
            channel.write(out);
            return !out.hasRemaining();
        }
    }
}
