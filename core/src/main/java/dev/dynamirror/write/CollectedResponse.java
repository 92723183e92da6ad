package dev.dynamirror.write;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/** A response with its whole body in memory. */
final class CollectedResponse implements SdkAsyncHttpResponseHandler {

    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private volatile @Nullable SdkHttpResponse head;

    /** The body; fails if the response does. */
    CompletableFuture<byte[]> body() {
        return body;
    }

    /** The HTTP status; there once the body is. */
    int status() {
        return known().statusCode();
    }

    /** A header; null if there is none; there once the body is. */
    @Nullable
    String header(String name) {
        return known().firstMatchingHeader(name).orElse(null);
    }

    private SdkHttpResponse known() {
        return Objects.requireNonNull(head);
    }

    @Override
    public void onHeaders(SdkHttpResponse headers) {
        head = headers;
    }

    @Override
    public void onStream(Publisher<ByteBuffer> stream) {
        stream.subscribe(new Subscriber<>() {
            private final ByteArrayOutputStream collected = new ByteArrayOutputStream();

            @Override
            public void onSubscribe(Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ByteBuffer part) {
                byte[] bytes = new byte[part.remaining()];
                part.get(bytes);
                collected.writeBytes(bytes);
            }

            @Override
            public void onError(Throwable error) {
                body.completeExceptionally(error);
            }

            @Override
            public void onComplete() {
                body.complete(collected.toByteArray());
            }
        });
    }

    @Override
    public void onError(Throwable error) {
        body.completeExceptionally(error);
    }
}
