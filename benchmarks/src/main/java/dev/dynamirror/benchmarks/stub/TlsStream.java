package dev.dynamirror.benchmarks.stub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/** The server's end of TLS over a channel that never blocks. */
final class TlsStream implements ByteStream {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final ByteBuffer encryptedIn;
    private final ByteBuffer encryptedOut;

    TlsStream(SocketChannel channel, SSLContext context) throws IOException {
        this.channel = channel;
        this.engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.beginHandshake();
        int size = 2 * engine.getSession().getPacketBufferSize();
        this.encryptedIn = ByteBuffer.allocate(size);
        this.encryptedOut = ByteBuffer.allocate(size);
    }

    @Override
    public boolean read(ByteBuffer in) throws IOException {
        boolean open = channel.read(encryptedIn) >= 0;
        encryptedIn.flip();
        while (in.remaining() >= engine.getSession().getApplicationBufferSize()) {
            SSLEngineResult result = engine.unwrap(encryptedIn, in);
            shakeHands();
            if (result.getStatus() == Status.CLOSED) {
                open = false;
                break;
            }
            if (result.getStatus() == Status.BUFFER_UNDERFLOW
                    || (result.bytesConsumed() == 0 && !encryptedIn.hasRemaining())) {
                break;
            }
        }
        encryptedIn.compact();
        return open;
    }

    @Override
    public boolean write(ByteBuffer out) throws IOException {
        while (out.hasRemaining() && send()) {
            engine.wrap(out, encryptedOut);
        }
        return send() && !out.hasRemaining();
    }

    /** Does what the engine wants done before it goes on, but for reading. */
    private void shakeHands() throws IOException {
        while (true) {
            HandshakeStatus status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_TASK) {
                engine.getDelegatedTask().run();
            } else if (status == HandshakeStatus.NEED_WRAP) {
                engine.wrap(NOTHING, encryptedOut);
                boolean unused = send();
            } else {
                return;
            }
        }
    }

    /** Sends what is encrypted; whether all of it went. */
    private boolean send() throws IOException {
        encryptedOut.flip();
        channel.write(encryptedOut);
        boolean all = !encryptedOut.hasRemaining();
        encryptedOut.compact();
        return all;
    }
}
