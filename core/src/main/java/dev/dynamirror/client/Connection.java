package dev.dynamirror.client;

import dev.dynamirror.error.MirrorException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.endpoints.DynamoDbEndpointProvider;

/**
 * A resolved connection: region, endpoint and credentials, and the SDK's client for everything that is not on the way
 * of a change.
 *
 * <p>Nothing is sent when a connection is opened, but credentials are looked up.
 */
public final class Connection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");

    /** DynamoDB Local takes letters and digits only. */
    private static final AwsCredentialsProvider PLACEHOLDERS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("placeholder", "placeholder"));

    /**
     * Asking the chain in vain may take seconds, and a job opens some connections: once in a JVM is enough, unless a
     * system property is set afterwards.
     */
    private static final AtomicBoolean CHAIN_WAS_EMPTY = new AtomicBoolean();

    private final Region region;
    private final URI endpoint;
    private final RenewableCredentials credentials;
    private final SdkHttpClient http;
    private final DynamoDbClient client;

    private Connection(Region region, URI endpoint, RenewableCredentials credentials, SdkHttpClient http) {
        this.region = region;
        this.endpoint = endpoint;
        this.credentials = credentials;
        this.http = http;
        this.client = DynamoDbClient.builder()
                .region(region)
                .endpointOverride(endpoint)
                .credentialsProvider(credentials)
                .httpClient(http)
                .build();
    }

    /**
     * Resolves the settings with the environment.
     *
     * @throws MirrorException if there is no region, or there are no credentials and the endpoint is not on this
     *     machine, or the endpoint is none; the message says what to set
     */
    public static Connection open(ConnectionSettings settings) {
        Region region = region(settings);
        SdkHttpClient http = AwsCrtHttpClient.create();
        try {
            URI endpoint = endpoint(settings, region, http);
            return new Connection(region, endpoint, credentials(endpoint), http);
        } catch (RuntimeException e) {
            http.close();
            throw e;
        }
    }

    /** The AWS region. */
    public Region region() {
        return region;
    }

    /** Where DynamoDB answers. */
    public URI endpoint() {
        return endpoint;
    }

    /** The credentials that requests are signed with. */
    public RenewableCredentials credentials() {
        return credentials;
    }

    /** The SDK's client, closed with this connection. */
    public DynamoDbClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        http.close();
        credentials.close();
    }

    private static Region region(ConnectionSettings settings) {
        if (settings.region() != null) {
            return Region.of(settings.region());
        }
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion();
        } catch (SdkClientException e) {
            throw new MirrorException(
                    "no AWS region is set: set AWS_REGION (for example AWS_REGION=eu-central-1), or a region in the"
                            + " profile that AWS_PROFILE names",
                    e);
        }
    }

    private static URI endpoint(ConnectionSettings settings, Region region, SdkHttpClient http) {
        URI endpoint;
        // The SDK itself says whether the environment names an endpoint; credentials play no part in that.
        try (DynamoDbClient probe = DynamoDbClient.builder()
                .region(region)
                .endpointOverride(settings.endpoint())
                .credentialsProvider(PLACEHOLDERS)
                .httpClient(http)
                .build()) {
            endpoint = probe.serviceClientConfiguration()
                    .endpointOverride()
                    .orElseGet(() -> DynamoDbEndpointProvider.defaultProvider()
                            .resolveEndpoint(parameters -> parameters.region(region))
                            .join()
                            .endpointUrl()
                            .toUri());
        } catch (RuntimeException e) {
            // The SDK throws whatever it met: a URISyntaxException in a RuntimeException, a NullPointerException, …
            throw new MirrorException(
                    "the endpoint of DynamoDB in the region \"" + region
                            + "\" can't be found out: check the region, AWS_ENDPOINT_URL_DYNAMODB and AWS_ENDPOINT_URL: "
                            + e.getMessage(),
                    e);
        }
        // What the environment says is checked like what the settings say.
        new ConnectionSettings(endpoint, null);
        return endpoint;
    }

    private static RenewableCredentials credentials(URI endpoint) {
        // What is renewed was found in the chain, and is looked for nowhere else.
        return new RenewableCredentials(
                findCredentials(endpoint),
                () -> DefaultCredentialsProvider.builder().build(),
                InstantSource.system(),
                RenewableCredentials.LONGEST_WAIT);
    }

    private static AwsCredentialsProvider findCredentials(URI endpoint) {
        if (CHAIN_WAS_EMPTY.get()
                && SdkSystemSetting.AWS_ACCESS_KEY_ID.getStringValue().isEmpty()
                && isLoopback(endpoint)) {
            return PLACEHOLDERS;
        }
        DefaultCredentialsProvider chain = DefaultCredentialsProvider.builder().build();
        try {
            chain.resolveCredentials();
            return chain;
        } catch (SdkClientException e) {
            chain.close();
            if (isLoopback(endpoint)) {
                CHAIN_WAS_EMPTY.set(true);
                LOG.info("no AWS credentials found; placeholders are used, as {} is on this machine", endpoint);
                return PLACEHOLDERS;
            }
            throw new MirrorException(
                    "no AWS credentials found for " + endpoint + ": set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY,"
                            + " or AWS_PROFILE, or run where a role gives them; for a database on this machine set"
                            + " AWS_ENDPOINT_URL (for example http://127.0.0.1:8000)",
                    e);
        }
    }

    /** Whether the endpoint's host is literally this machine; names that only resolve to it don't count. */
    private static boolean isLoopback(URI endpoint) {
        return LOOPBACK.matcher(endpoint.getHost().toLowerCase(Locale.ROOT)).matches();
    }
}
