package dev.dynamirror.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Our signer against the SDK's own, which also sends and signs the body's hash as a header; DynamoDB doesn't need that, as
 * the hash is signed in any case.
 */
final class RequestSignerTest {

    private static final int SIGNERS = 300;
    private static final int REQUESTS_OF_A_SIGNER = 20;

    private static final List<String> OPERATIONS = List.of("BatchWriteItem", "PutItem", "UpdateItem", "DeleteItem");
    private static final List<String> REGIONS =
            List.of("us-east-1", "eu-west-3", "cn-north-1", "us-gov-west-1", "ap-southeast-7", "local");
    private static final List<String> ENDPOINTS = List.of(
            "https://dynamodb.%s.amazonaws.com",
            "https://dynamodb.%s.amazonaws.com/",
            "https://dynamodb.%s.amazonaws.com:443",
            "https://dynamodb.%s.amazonaws.com:8443",
            "http://127.0.0.1:8000",
            "http://LocalHost:80",
            "http://localhost:443/",
            "http://[::1]:8000",
            "https://proxy.example.com/db/%s",
            "https://proxy.example.com/db/../a%%20b/%%C3%%BC/~x*y/");

    private final AwsV4HttpSigner sdk = AwsV4HttpSigner.create();

    @Test
    void thousandsOfRequestsAreSignedAsTheSdkSignsThem() {
        long seed = new Random().nextLong();
        System.out.println("RequestSignerTest: seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < SIGNERS; i++) {
            String region = pick(random, REGIONS);
            URI endpoint = URI.create(String.format(pick(random, ENDPOINTS), region));
            // From 1970 to 2106, with days and seconds that change and others that don't.
            Instant[] now = {Instant.ofEpochSecond(random.nextLong(1L << 32), random.nextInt(1_000_000_000))};
            RequestSigner signer = new RequestSigner(endpoint, region, () -> now[0]);
            AwsCredentialsIdentity credentials = credentials(random);
            for (int j = 0; j < REQUESTS_OF_A_SIGNER; j++) {
                String operation = pick(random, OPERATIONS);
                List<byte[]> body = body(random);
                SortedMap<String, String> ours = signer.headers(operation, body, credentials);
                SortedMap<String, String> theirs = signedBySdk(endpoint, region, now[0], operation, body, credentials);
                String request = "seed " + seed + ", " + endpoint + ", " + now[0];
                SignatureV4 signature = RequestSigner.signature(endpoint, region);
                assertAuthorization(request, signature, ours, body, credentials);
                assertAuthorization(request, signature, theirs, body, credentials);
                theirs.remove("x-amz-content-sha256");
                assertThat(ours).as(request).isEqualTo(theirs);
                now[0] = now[0].plusMillis(random.nextLong(random.nextBoolean() ? 1000 : 100_000_000));
                if (random.nextInt(10) == 0) {
                    credentials = credentials(random);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://dynamodb.eu-west-3.amazonaws.com, dynamodb.eu-west-3.amazonaws.com",
        "https://dynamodb.eu-west-3.amazonaws.com:443, dynamodb.eu-west-3.amazonaws.com",
        "https://dynamodb.eu-west-3.amazonaws.com:80, dynamodb.eu-west-3.amazonaws.com:80",
        "http://localhost:80, localhost",
        "http://localhost:8000, localhost:8000",
        "http://[::1]:8000, [::1]:8000",
    })
    void theHostHasThePortUnlessItIsTheUsualOne(URI endpoint, String host) {
        RequestSigner signer = new RequestSigner(endpoint, "eu-west-3", () -> Instant.EPOCH);
        assertThat(signer.headers("PutItem", List.of(), AwsCredentialsIdentity.create("id", "secret")))
                .containsEntry("host", host);
    }

    /** The signature of the headers is the one that we make; takes it away. */
    private static void assertAuthorization(
            String request,
            SignatureV4 signature,
            SortedMap<String, String> headers,
            List<byte[]> body,
            AwsCredentialsIdentity credentials) {
        String authorization = headers.remove("authorization");
        assertThat(signature.authorization(
                        headers,
                        body,
                        credentials.accessKeyId().trim(),
                        credentials.secretAccessKey().trim()))
                .as(request)
                .isEqualTo(authorization);
    }

    private SortedMap<String, String> signedBySdk(
            URI endpoint,
            String region,
            Instant now,
            String operation,
            List<byte[]> body,
            AwsCredentialsIdentity credentials) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        body.forEach(joined::writeBytes);
        SdkHttpRequest signed = sdk.sign(sign -> sign.identity(credentials)
                        .request(SdkHttpRequest.builder()
                                .method(SdkHttpMethod.POST)
                                .uri(endpoint)
                                .putHeader("Content-Type", "application/x-amz-json-1.0")
                                .putHeader("X-Amz-Target", "DynamoDB_20120810." + operation)
                                .build())
                        .payload(ContentStreamProvider.fromByteArray(joined.toByteArray()))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "dynamodb")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC)))
                .request();
        SortedMap<String, String> headers = new TreeMap<>();
        for (Map.Entry<String, List<String>> header : signed.headers().entrySet()) {
            headers.put(
                    header.getKey().toLowerCase(Locale.ROOT), header.getValue().get(0));
        }
        return headers;
    }

    private static AwsCredentialsIdentity credentials(Random random) {
        String id = text(random, 16 + random.nextInt(112));
        String secret = text(random, 1 + random.nextInt(64)) + "/+=" + (random.nextInt(10) == 0 ? "\n" : "");
        return random.nextBoolean()
                ? AwsCredentialsIdentity.create(id, secret)
                : AwsSessionCredentialsIdentity.create(
                        id,
                        secret,
                        text(random, 1 + random.nextInt(1500)) + "+/==" + (random.nextInt(10) == 0 ? " " : ""));
    }

    private static List<byte[]> body(Random random) {
        List<byte[]> pieces = new ArrayList<>();
        for (int i = random.nextInt(30); i > 0; i--) {
            byte[] piece = new byte[random.nextInt(300)];
            random.nextBytes(piece);
            pieces.add(piece);
        }
        return pieces;
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".charAt(random.nextInt(64)));
        }
        return text.toString();
    }

    private static <T> T pick(Random random, List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
