package dev.dynamirror.write;

import dev.dynamirror.client.Connection;
import dev.dynamirror.item.Change;
import dev.dynamirror.item.IllegalValueException;
import dev.dynamirror.table.TableSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Sends the changes' own bytes, signed by the SDK's signer, over the SDK's CRT HTTP client. */
final class DirectTransport implements BatchTransport {

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(60);

    private final Connection connection;
    private final Duration longestRequest;
    private final BatchJson json;
    private final SdkHttpRequest unsigned;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final SdkAsyncHttpClient http = AwsCrtAsyncHttpClient.builder()
            .maxConcurrency(MAX_REQUESTS)
            .connectionTimeout(LONGEST_CONNECT)
            .build();

    DirectTransport(Connection connection, TableSpec table) {
        this(connection, table, LONGEST_REQUEST);
    }

    DirectTransport(Connection connection, TableSpec table, Duration longestRequest) {
        this.connection = connection;
        this.longestRequest = longestRequest;
        this.json = new BatchJson(table);
        this.unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(connection.endpoint())
                .putHeader("Content-Type", "application/x-amz-json-1.0")
                .putHeader("X-Amz-Target", "DynamoDB_20120810.BatchWriteItem")
                .build();
    }

    @Override
    public CompletableFuture<BatchReply> send(List<Change> changes) {
        byte[] body = json.request(changes);
        SdkHttpRequest request;
        try {
            request = sign(body);
        } catch (SdkException e) {
            return CompletableFuture.completedFuture(
                    new BatchReply.Refused("the request can't be signed: " + e.getMessage()));
        }
        CollectedResponse response = new CollectedResponse();
        return http.execute(AsyncExecuteRequest.builder()
                        .request(request)
                        .requestContentPublisher(new BytesPublisher(body))
                        .responseHandler(response)
                        .build())
                // On the client's own future: its failure closes the connection, so the request is over.
                .orTimeout(longestRequest.toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(nothing -> response.body())
                // A body that never ends would keep its keys muted for ever.
                .orTimeout(longestRequest.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(answer -> reply(response.status(), answer))
                .exceptionally(DirectTransport::lost);
    }

    @Override
    public void close() {
        http.close();
    }

    private SdkHttpRequest sign(byte[] body) {
        AwsCredentialsIdentity credentials = connection.credentials().resolveCredentials();
        SdkHttpRequest request = unsigned.toBuilder()
                .putHeader("Content-Length", Integer.toString(body.length))
                .build();
        return signer.sign(sign -> sign.identity(credentials)
                        .request(request)
                        .payload(ContentStreamProvider.fromByteArrayUnsafe(body))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "dynamodb")
                        .putProperty(
                                AwsV4HttpSigner.REGION_NAME, connection.region().id()))
                .request();
    }

    private BatchReply reply(int status, byte[] body) {
        if (status != 200) {
            return BatchJson.error(status, body);
        }
        try {
            return new BatchReply.Answered(json.unprocessed(body));
        } catch (IOException | IllegalArgumentException | IllegalValueException e) {
            return new BatchReply.Unknown("the reply can't be read: " + e.getMessage());
        }
    }

    private static BatchReply lost(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return new BatchReply.Unknown("no reply: " + cause);
    }
}
