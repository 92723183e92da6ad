package dev.dynamirror.http;

import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** The whole reply to a request. */
public final class HttpReply {

    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    HttpReply(int status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** The status code, such as 200. */
    public int status() {
        return status;
    }

    /**
     * A header's first value; null without the header.
     *
     * @param name in upper or lower case
     */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /** The body, which is not copied; empty if there is none. */
    public byte[] body() {
        return body;
    }
}
