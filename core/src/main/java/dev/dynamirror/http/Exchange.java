package dev.dynamirror.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A request on its way, and the reply to come. */
final class Exchange {

    /** Small requests are one piece; of large ones no more is copied out of the heap than the network takes. */
    private static final int LARGEST_PIECE = 64 << 10;

    private static final String CONTENT_LENGTH = "content-length";
    private static final int LONGEST_NUMBER = 20;
    private static final int COLON_AND_SPACE = ':' << 8 | ' ';
    private static final int END_OF_LINE = '\r' << 8 | '\n';
    private static final int SEPARATORS = 2 * Short.BYTES;

    private final CompletableFuture<HttpReply> reply = new CompletableFuture<>();
    private final byte[] start;
    private final Map<String, String> headers;
    private final long length;
    private final Iterator<byte[]> parts;

    /** When it was begun, in the sender's time. */
    private long begunAt;

    private boolean isBegun;
    private byte[] part = {};
    private int partOffset;
    private long left;

    /**
     * Creates an exchange.
     *
     * @param start the request's first line, and what follows it in every request
     */
    Exchange(byte[] start, Map<String, String> headers, List<byte[]> body) {
        this.start = start;
        this.headers = headers;
        this.parts = body.iterator();
        long sum = 0;
        for (byte[] bytes : body) {
            sum += bytes.length;
        }
        this.length = sum;
        this.left = sum;
    }

    /** The reply to come; done only once no connection has to do with this any more. */
    CompletableFuture<HttpReply> reply() {
        return reply;
    }

    long begunAt() {
        return begunAt;
    }

    void begin(long now) {
        begunAt = now;
    }

    /** Whether something of the request has been taken. */
    boolean isBegun() {
        return isBegun;
    }

    /** Whether all of the request has been taken. */
    boolean isTaken() {
        return isBegun && left == 0;
    }

    /** The next piece of the request. */
    ByteBuf take(ByteBufAllocator allocator) {
        int size = (int) Math.min(left, LARGEST_PIECE);
        ByteBuf piece = isBegun ? allocator.directBuffer(size) : head(allocator, size);
        isBegun = true;
        try {
            fill(piece, size);
        } catch (Throwable e) {
            piece.release();
            throw e;
        }
        return piece;
    }

    private void fill(ByteBuf piece, int size) {
        int missing = size;
        while (missing > 0) {
            if (partOffset == part.length) {
                part = parts.next();
                partOffset = 0;
            }
            int count = Math.min(missing, part.length - partOffset);
            piece.writeBytes(part, partOffset, count);
            partOffset += count;
            missing -= count;
            left -= count;
        }
    }

    private ByteBuf head(ByteBufAllocator allocator, int bodySize) {
        int size = start.length + CONTENT_LENGTH.length() + LONGEST_NUMBER + SEPARATORS;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            size += header.getKey().length() + header.getValue().length() + SEPARATORS;
        }
        ByteBuf piece = allocator.directBuffer(size + bodySize);
        piece.writeBytes(start);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            writeHeader(piece, header.getKey(), header.getValue());
        }
        writeHeader(piece, CONTENT_LENGTH, Long.toString(length));
        return piece.writeShort(END_OF_LINE);
    }

    private static void writeHeader(ByteBuf piece, String name, String value) {
        ByteBufUtil.writeAscii(piece, name);
        piece.writeShort(COLON_AND_SPACE);
        ByteBufUtil.writeAscii(piece, value);
        piece.writeShort(END_OF_LINE);
    }

    /** Ends this without a reply. What nothing was taken of was surely not sent. */
    void fail(Route route, String what, @Nullable Throwable cause) {
        reply.completeExceptionally(
                isBegun
                        ? new IOException("no reply from " + route + ": " + what, cause)
                        : new NotSentException("no connection with " + route + ": " + what, cause));
    }
}
