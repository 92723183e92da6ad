package dev.dynamirror.write;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** Makes the headers of requests to one endpoint of DynamoDB, and signs them. Safe for use by several threads. */
final class RequestSigner {

    private static final String CONTENT_TYPE = "application/x-amz-json-1.0";
    private static final String TARGET = "DynamoDB_20120810.";
    private static final DateTimeFormatter DATE_FORMAT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final String host;
    private final InstantSource clock;
    private final SignatureV4 signature;
    private Stamp stamp = Stamp.of(Instant.EPOCH);

    /**
     * A second as requests name it.
     *
     * @param second since 1970
     * @param text such as {@code 20150830T123600Z}
     */
    private record Stamp(long second, String text) {
        static Stamp of(Instant time) {
            return new Stamp(time.getEpochSecond(), DATE_FORMAT.format(time));
        }
    }

    /**
     * Creates a signer.
     *
     * @param clock tells the time of day
     */
    RequestSigner(URI endpoint, String region, InstantSource clock) {
        this.host = host(endpoint);
        this.clock = clock;
        this.signature = signature(endpoint, region);
    }

    /** The signature of requests to that endpoint. */
    static SignatureV4 signature(URI endpoint, String region) {
        String path = endpoint.normalize().getRawPath();
        return new SignatureV4(path.isEmpty() ? "/" : SdkHttpUtils.urlEncodeIgnoreSlashes(path), region, "dynamodb");
    }

    /**
     * All headers that a request needs, by their names in lower case; the HTTP client adds those of the connection and the
     * body's length.
     *
     * @param operation DynamoDB's name of it
     * @param body the body's pieces
     */
    synchronized SortedMap<String, String> headers(
            String operation, List<byte[]> body, AwsCredentialsIdentity credentials) {
        SortedMap<String, String> headers = new TreeMap<>();
        headers.put("content-type", CONTENT_TYPE);
        headers.put("host", host);
        headers.put(SignatureV4.DATE, date());
        String token = sessionToken(credentials);
        if (token != null) {
            headers.put("x-amz-security-token", token);
        }
        headers.put("x-amz-target", TARGET + operation);
        // What was pasted into the environment may end with a line break.
        headers.put(
                "authorization",
                signature.authorization(
                        headers,
                        body,
                        credentials.accessKeyId().trim(),
                        credentials.secretAccessKey().trim()));
        return headers;
    }

    private String date() {
        Instant now = clock.instant();
        if (now.getEpochSecond() != stamp.second) {
            stamp = Stamp.of(now);
        }
        return stamp.text;
    }

    private static @Nullable String sessionToken(AwsCredentialsIdentity credentials) {
        return credentials instanceof AwsSessionCredentialsIdentity session
                ? session.sessionToken().trim()
                : null;
    }

    /** The host as a client names it in a request: with the port only if it is not the scheme's own. */
    private static String host(URI endpoint) {
        boolean usual =
                endpoint.getPort() < 0 || SdkHttpUtils.isUsingStandardPort(endpoint.getScheme(), endpoint.getPort());
        return usual ? endpoint.getHost() : endpoint.getHost() + ':' + endpoint.getPort();
    }
}
