package dev.dynamirror.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A connection, which carries one exchange at a time. All of it happens in the sender's thread. */
final class HttpConnection extends ChannelInboundHandlerAdapter implements ChannelFutureListener {

    /** Twice the largest request, so more than any reply that repeats it. */
    private static final int LARGEST_BODY = 32 << 20;

    private final HttpSender sender;
    private final Route route;
    private final SocketChannel channel = new NioSocketChannel();
    private final long bornAt;

    /** When the other side was last heard of, or took something. */
    private long aliveAt;

    /** Null while there is nothing to do. */
    private @Nullable Exchange exchange;

    /** Whether requests can be sent. */
    private boolean isReady;

    private @Nullable ChannelFuture lastWrite;

    /** The beginning of the reply; null until it has come. */
    private @Nullable HttpResponse head;

    private ByteArrayOutputStream body = new ByteArrayOutputStream();

    /** Creates a connection that will carry an exchange first. */
    HttpConnection(HttpSender sender, Route route, Exchange first) {
        this.sender = sender;
        this.route = route;
        this.exchange = first;
        this.bornAt = sender.now();
        this.aliveAt = bornAt;
    }

    /**
     * Connects, and then begins the first exchange.
     *
     * @return whether there is a connection; what is settled with a proxy, and about encryption, comes after it
     */
    ChannelFuture connect(EventLoop loop, InetSocketAddress address, Duration longestConnect) {
        channel.config().setConnectTimeoutMillis((int) longestConnect.toMillis());
        SocketAddress destination = route.prepare(channel.pipeline(), address, longestConnect);
        channel.pipeline().addLast(new HttpResponseDecoder(), this);
        ChannelFuture registered = loop.register(channel);
        return registered.isSuccess() ? channel.connect(destination) : registered;
    }

    /** Begins another exchange, after the one before. */
    void begin(Exchange next) {
        exchange = next;
        write(next);
    }

    long bornAt() {
        return bornAt;
    }

    long aliveAt() {
        return aliveAt;
    }

    @Nullable
    Exchange exchange() {
        return exchange;
    }

    /** Ends the connection, which has nothing to do. */
    void close() {
        sender.forget(this);
        channel.close().addListener(this);
    }

    /** Ends the connection, whose exchange goes on with another one. */
    void abandon() {
        exchange = null;
        sender.forget(this);
        // Past the handlers, which would go on sending what they have of a request.
        channel.unsafe().close(channel.voidPromise());
    }

    /** Ends the exchange, if there is one, without a reply, and with it the connection. */
    void fail(String what, @Nullable Throwable cause) {
        Exchange failed = exchange;
        abandon();
        if (failed != null) {
            failed.fail(route, what, cause);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (!route.isEncrypted()) {
            isReady = true;
            writeMore();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                isReady = true;
                writeMore();
            } else {
                Throwable cause = handshake.cause();
                fail(cause.getCause() instanceof ProxyConnectException refusal ? refusal : cause);
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        writeMore();
    }

    @Override
    public void operationComplete(ChannelFuture done) {
        if (!done.isSuccess()) {
            fail(done.cause());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(head == null ? "the connection was closed" : "the connection was closed within the reply", null);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            aliveAt = sender.now();
            HttpObject object = (HttpObject) message;
            if (exchange == null || !exchange.isBegun()) {
                fail("something came before a request was sent", null);
            } else if (object.decoderResult().isFailure()) {
                fail(object.decoderResult().cause());
            } else {
                read(object);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(HttpObject object) {
        if (object instanceof HttpResponse response) {
            head = response;
        }
        if (object instanceof HttpContent content) {
            readBody(content.content());
        }
        if (object instanceof LastHttpContent && exchange != null) {
            end(exchange, Objects.requireNonNull(head));
        }
    }

    private void readBody(ByteBuf part) {
        if (body.size() + part.readableBytes() > LARGEST_BODY) {
            fail("it is larger than " + LARGEST_BODY + " bytes", null);
            return;
        }
        body.writeBytes(ByteBufUtil.getBytes(part));
    }

    private void end(Exchange ended, HttpResponse start) {
        byte[] bytes = body.toByteArray();
        body = new ByteArrayOutputStream();
        head = null;
        if (start.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            return; // the reply is still to come
        }
        exchange = null;
        // A server that has enough of a request before it has read all of it can't tell where the next one begins.
        boolean isSent = ended.isTaken() && lastWrite != null && lastWrite.isDone();
        if (isSent && HttpUtil.isKeepAlive(start)) {
            sender.keep(this);
        } else {
            close();
        }
        ended.reply().complete(new HttpReply(start.status().code(), start.headers(), bytes));
    }

    private void writeMore() {
        if (isReady && exchange != null) {
            write(exchange);
        }
    }

    private void write(Exchange current) {
        aliveAt = sender.now();
        if (current.isTaken()) {
            return;
        }
        try {
            while (!current.isTaken() && channel.isWritable()) {
                lastWrite = channel.write(current.take(channel.alloc()));
            }
        } catch (Throwable e) {
            fail(e); // no memory for it, perhaps
            return;
        }
        if (lastWrite != null) {
            lastWrite.addListener(this);
        }
        channel.flush();
    }

    /** The same; the cause says what. */
    void fail(Throwable cause) {
        String message = cause.getMessage();
        fail(message == null ? cause.toString() : message, cause);
    }
}
