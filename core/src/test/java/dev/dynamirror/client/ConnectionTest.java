package dev.dynamirror.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dynamirror.ChildJvm;
import dev.dynamirror.ScriptedDynamoDb;
import dev.dynamirror.SystemProperties;
import dev.dynamirror.error.MirrorException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectionTest {

    private static final String NO_REGION =
            "error: no AWS region is set: set AWS_REGION (for example AWS_REGION=eu-central-1), or a region in the profile"
                    + " that AWS_PROFILE names";

    private static final String USER_IN_ENDPOINT =
            "error: the endpoint names a user or a password before an @; expected an address like https://host:"
                    + " credentials are given by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE";

    private final SystemProperties properties = new SystemProperties();

    @AfterEach
    void restore() {
        properties.close();
    }

    @Test
    void theSettingsWinOverTheSystemProperties() {
        properties
                .set("aws.region", "eu-north-1")
                .set("aws.endpointUrl", "http://127.0.0.1:1")
                .set("aws.accessKeyId", "AKID")
                .set("aws.secretAccessKey", "s3cret");
        try (Connection connection =
                Connection.open(new ConnectionSettings(URI.create("http://127.0.0.1:2"), "us-west-2"))) {
            assertThat(connection.region().id()).isEqualTo("us-west-2");
            assertThat(connection.endpoint()).hasToString("http://127.0.0.1:2");
            assertThat(connection.credentials().resolveCredentials().accessKeyId())
                    .isEqualTo("AKID");
        }
    }

    @Test
    void systemPropertiesAreReadAsTheSdkReadsThem() {
        properties
                .set("aws.region", "eu-north-1")
                .set("aws.endpointUrl", "http://127.0.0.1:1")
                .set("aws.accessKeyId", "AKID")
                .set("aws.secretAccessKey", "s3cret");
        try (Connection connection = Connection.open(ConnectionSettings.fromEnvironment())) {
            assertThat(connection.region().id()).isEqualTo("eu-north-1");
            assertThat(connection.endpoint()).hasToString("http://127.0.0.1:1");
        }
        properties.set("aws.endpointUrlDynamoDb", "http://127.0.0.1:3");
        try (Connection connection = Connection.open(ConnectionSettings.fromEnvironment())) {
            assertThat(connection.endpoint()).hasToString("http://127.0.0.1:3");
        }
    }

    @Test
    void withoutAnEndpointAwsItselfIsMeant() {
        properties.set("aws.accessKeyId", "AKID").set("aws.secretAccessKey", "s3cret");
        try (Connection connection = Connection.open(new ConnectionSettings(null, "eu-central-1"))) {
            assertThat(connection.endpoint()).hasToString("https://dynamodb.eu-central-1.amazonaws.com");
        }
        try (Connection connection = Connection.open(new ConnectionSettings(null, "cn-north-1"))) {
            assertThat(connection.endpoint()).hasToString("https://dynamodb.cn-north-1.amazonaws.com.cn");
        }
    }

    @Test
    void theClientTalksToTheEndpoint() {
        properties.set("aws.accessKeyId", "AKID").set("aws.secretAccessKey", "s3cret");
        try (ScriptedDynamoDb server = new ScriptedDynamoDb();
                Connection connection = Connection.open(new ConnectionSettings(server.endpoint(), "us-east-1"))) {
            server.reply(200, "{\"TableNames\":[\"a\"]}");
            assertThat(connection.client().listTables().tableNames()).containsExactly("a");
            assertThat(server.requests().get(0).headers().get("authorization")).contains("Credential=AKID/");
        }
    }

    @Test
    void anEndpointOfTheEnvironmentIsAnHttpAddress() {
        properties.set("aws.endpointUrl", "localhost:8000");
        assertThatThrownBy(() -> Connection.open(new ConnectionSettings(null, "us-east-1")))
                .isInstanceOf(MirrorException.class)
                .hasMessageStartingWith(
                        "the endpoint of DynamoDB in the region \"us-east-1\" can't be found out: check the"
                                + " region, AWS_ENDPOINT_URL_DYNAMODB and AWS_ENDPOINT_URL: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user:hidden@host",
                "https://hidden@host:8000/path",
                "http://user:hidden@under_score",
                "http:user:hidden@host",
                "ftp://user:hidden@host"
            })
    void aUserInTheEndpointIsRefusedAndNotRepeated(String endpoint) {
        assertThatThrownBy(() -> new ConnectionSettings(URI.create(endpoint), null))
                .isInstanceOf(MirrorException.class)
                .hasMessage(USER_IN_ENDPOINT.substring("error: ".length()));
    }

    @Test
    void aRegionThatCantBePartOfAnAddressIsRefused() {
        assertThatThrownBy(() -> Connection.open(new ConnectionSettings(null, "eu central/1")))
                .isInstanceOf(MirrorException.class)
                .hasMessageStartingWith(
                        "the endpoint of DynamoDB in the region \"eu%20central%2F1\" can't be found out: ");
    }

    @Test
    void withoutARegionTheErrorSaysWhatToSet(@TempDir Path home) throws Exception {
        assertThat(probe(home, Map.of(), "environment", "http://127.0.0.1:8000"))
                .containsExactly(NO_REGION, NO_REGION);
        // The SDK for Java reads AWS_REGION only.
        assertThat(probe(home, Map.of("AWS_DEFAULT_REGION", "eu-west-1"), "environment"))
                .containsExactly(NO_REGION);
    }

    @Test
    void placeholdersAreUsedOnThisMachineOnly(@TempDir Path home) throws Exception {
        List<String> lines = probe(
                home,
                Map.of("AWS_REGION", "eu-west-1", "AWS_SECRET_ACCESS_KEY", "s3cret"),
                "http://localhost:8000",
                "http://LOCALHOST:8000",
                "http://127.0.0.1:8000",
                "http://127.9.9.9:8000",
                "http://[::1]:8000",
                "https://localhost.example.com",
                "http://128.0.0.1:8000",
                "http://127.0.0.1.example.com",
                "http://127.0.0.1@example.com",
                "http://example.com/localhost",
                "environment");
        assertThat(lines.subList(0, 5))
                .containsExactly(
                        "http://localhost:8000 in eu-west-1 as placeholder",
                        "http://LOCALHOST:8000 in eu-west-1 as placeholder",
                        "http://127.0.0.1:8000 in eu-west-1 as placeholder",
                        "http://127.9.9.9:8000 in eu-west-1 as placeholder",
                        "http://[::1]:8000 in eu-west-1 as placeholder");
        assertThat(lines.subList(5, lines.size()))
                .containsExactly(
                        noCredentials("https://localhost.example.com"),
                        noCredentials("http://128.0.0.1:8000"),
                        noCredentials("http://127.0.0.1.example.com"),
                        USER_IN_ENDPOINT,
                        noCredentials("http://example.com/localhost"),
                        noCredentials("https://dynamodb.eu-west-1.amazonaws.com"));
    }

    @Test
    void theEnvironmentSaysWhere(@TempDir Path home) throws Exception {
        assertThat(probe(
                        home,
                        Map.of(
                                "AWS_REGION", "eu-west-1",
                                "AWS_ENDPOINT_URL", "http://127.0.0.1:1",
                                "AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:2",
                                "AWS_ACCESS_KEY_ID", "AKIDENV",
                                "AWS_SECRET_ACCESS_KEY", "s3cret"),
                        "environment",
                        "http://127.0.0.1:3"))
                .containsExactly(
                        "http://127.0.0.1:2 in eu-west-1 as AKIDENV", "http://127.0.0.1:3 in eu-west-1 as AKIDENV");
    }

    @Test
    void aProfileSaysWhereAndAsWhom(@TempDir Path home) throws Exception {
        Files.writeString(
                home.resolve("config"), "[profile work]\nregion = eu-south-1\nendpoint_url = http://127.0.0.1:9\n");
        Files.writeString(
                home.resolve("credentials"),
                "[work]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = s3cret\n");
        assertThat(probe(home, Map.of("AWS_PROFILE", "work"), "environment"))
                .containsExactly("http://127.0.0.1:9 in eu-south-1 as AKIDPROFILE");
    }

    private static String noCredentials(String endpoint) {
        return "error: no AWS credentials found for " + endpoint
                + ": set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
                + " AWS_PROFILE, or run where a role gives them; for a database on this machine set AWS_ENDPOINT_URL (for"
                + " example http://127.0.0.1:8000)";
    }

    /** What {@link ConnectionProbe} prints in a JVM with these variables and no others of AWS's. */
    private static List<String> probe(Path home, Map<String, String> environment, String... endpoints)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("AWS_CONFIG_FILE", home.resolve("config").toString());
        all.put("AWS_SHARED_CREDENTIALS_FILE", home.resolve("credentials").toString());
        try (ChildJvm probe = ChildJvm.start(
                home, all, List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"), ConnectionProbe.class, endpoints)) {
            List<String> printed = probe.end();
            assertThat(probe.errors()).doesNotContain("s3cret");
            return printed;
        }
    }
}
