package dev.dynamirror.benchmarks.run;

import dev.dynamirror.benchmarks.report.Round;
import dev.dynamirror.benchmarks.worker.SkewedChanges;
import dev.dynamirror.benchmarks.worker.Target;
import dev.dynamirror.local.LocalDynamoDb;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** What each section runs. */
final class Sections implements AutoCloseable {

    private static final String SMALL_ROWS = "small";
    private static final String LARGE_ROWS = "large";
    private static final int[] DELAYS_MS = {0, 5, 20};
    private static final int SKEWED_ROUNDS = 3;
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(36);
    private static final Duration ROUND = Duration.ofMillis(1200);
    private static final Duration LOCAL_WARM_UP = Duration.ofSeconds(14);
    private static final Duration LOCAL_ROUND = Duration.ofSeconds(2);

    private final Laboratory laboratory;
    private final int rounds;
    private final Map<String, ContenderJvm> small = new LinkedHashMap<>();

    /**
     * Creates the sections.
     *
     * @param rounds how many rounds each contender has
     */
    Sections(Laboratory laboratory, int rounds) {
        this.laboratory = laboratory;
        this.rounds = rounds;
    }

    List<Round> run(Section section) throws IOException {
        return switch (section) {
            case SMALL -> small();
            case DELAYS -> delays();
            case LARGE -> large();
            case TLS -> tls();
            case SKEW -> skew();
            case GROWTH -> growth();
            case LOCAL -> local();
        };
    }

    private List<Round> small() throws IOException {
        return laboratory.rounds(
                warm(
                        "floor",
                        "flink-nothing",
                        "core",
                        "flink-dynamirror",
                        "sdk-async-netty",
                        "sdk-async-crt",
                        "sdk-sync",
                        "sdk-enhanced",
                        "flink-dynamodb"),
                Section.SMALL.text(),
                "0 ms",
                rounds,
                ROUND);
    }

    private List<Round> delays() throws IOException {
        List<ContenderJvm> contenders =
                warm("core", "flink-dynamirror", "sdk-async-netty", "sdk-async-crt", "sdk-sync", "flink-dynamodb");
        List<Round> results = new ArrayList<>();
        for (int delay : new int[] {5, 20}) {
            laboratory.delay(Duration.ofMillis(delay));
            // How fast they are now, which is not measured.
            laboratory.rounds(contenders, "warm-up", "", 1, Duration.ofSeconds(1));
            results.addAll(laboratory.rounds(contenders, Section.DELAYS.text(), delay + " ms", rounds, ROUND));
        }
        laboratory.delay(Duration.ZERO);
        return results;
    }

    private List<Round> large() throws IOException {
        List<ContenderJvm> contenders =
                laboratory.startAll(LARGE_ROWS, "core", "flink-dynamirror", "sdk-async-netty", "flink-dynamodb");
        Laboratory.warmUp(contenders, LONGEST_WARM_UP);
        List<Round> results = laboratory.rounds(contenders, Section.LARGE.text(), "0 ms", rounds, ROUND);
        Laboratory.end(contenders);
        return results;
    }

    private List<Round> tls() throws IOException {
        List<ContenderJvm> contenders = new ArrayList<>(warm("core"));
        // Not the Flink job: the SDK's CRT client, which looks at its table first, trusts no certificate of the stub's.
        ContenderJvm secure = laboratory.startSecure("core", SMALL_ROWS);
        secure.warmUp(LONGEST_WARM_UP);
        contenders.add(secure);
        List<Round> results = laboratory.rounds(contenders, Section.TLS.text(), "0 ms", rounds, ROUND);
        secure.close();
        return results;
    }

    /** Contenders with small rows, which several sections share; those that don't run yet are started, and get warm. */
    private List<ContenderJvm> warm(String... names) throws IOException {
        List<ContenderJvm> wanted = new ArrayList<>();
        for (String name : names) {
            ContenderJvm contender = small.get(name);
            if (contender == null) {
                contender = laboratory.start(name, SMALL_ROWS);
                small.put(name, contender);
                contender.warmUp(LONGEST_WARM_UP);
            }
            wanted.add(contender);
        }
        return wanted;
    }

    /** Ends the contenders that sections share. */
    @Override
    public void close() throws IOException {
        Laboratory.end(small.values());
        small.clear();
    }

    private List<Round> skew() throws IOException {
        List<ContenderJvm> contenders =
                laboratory.startAll(SMALL_ROWS, "skewed-flink-dynamirror", "skewed-core", "skewed-batches");
        List<ContenderJvm> ours = contenders.subList(0, 2);
        ContenderJvm batches = contenders.get(2);
        List<Round> results = new ArrayList<>();
        for (int delay : DELAYS_MS) {
            // What batches write has nothing to do with the delay, but one after the other they would take minutes.
            laboratory.delay(Duration.ZERO);
            results.add(batches.write(Section.SKEW.text(), delay + " ms", 1, SkewedChanges.COUNT));
            laboratory.delay(Duration.ofMillis(delay));
            for (int number = 1; number <= SKEWED_ROUNDS; number++) {
                for (ContenderJvm contender : ours) {
                    results.add(contender.write(Section.SKEW.text(), delay + " ms", number, SkewedChanges.COUNT));
                }
            }
        }
        laboratory.delay(Duration.ZERO);
        Laboratory.end(contenders);
        return results;
    }

    private List<Round> growth() throws IOException {
        // Of its own, as the peak of its memory is one of the results.
        List<ContenderJvm> contenders = laboratory.startAll(SMALL_ROWS, "flink-dynamirror");
        Laboratory.warmUp(contenders, LONGEST_WARM_UP);
        List<Round> results = new ArrayList<>();
        for (long rows : new long[] {100_000, 1_000_000, 10_000_000}) {
            results.add(contenders.get(0).write(Section.GROWTH.text(), Long.toString(rows), 1, rows));
        }
        Laboratory.end(contenders);
        return results;
    }

    private List<Round> local() throws IOException {
        try (LocalDynamoDb database = LocalDynamoDb.inMemory().start().awaitReady()) {
            createTable(database);
            List<ContenderJvm> contenders = new ArrayList<>();
            for (String contender : List.of("core", "sdk-async-netty")) {
                contenders.add(laboratory.start(contender, SMALL_ROWS, database.endpoint()));
            }
            Laboratory.warmUp(contenders, LOCAL_WARM_UP);
            List<Round> results =
                    laboratory.rounds(contenders, Section.LOCAL.text(), "DynamoDB Local", rounds, LOCAL_ROUND);
            Laboratory.end(contenders);
            return results;
        }
    }

    private static void createTable(LocalDynamoDb database) {
        try (DynamoDbClient client = DynamoDbClient.builder()
                .endpointOverride(database.endpoint())
                .region(Region.of(Target.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("bench", "bench")))
                .httpClient(ApacheHttpClient.create())
                .build()) {
            client.createTable(table -> table.tableName(Target.TABLE)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(KeySchemaElement.builder()
                            .attributeName("id")
                            .keyType(KeyType.HASH)
                            .build())
                    .attributeDefinitions(AttributeDefinition.builder()
                            .attributeName("id")
                            .attributeType(ScalarAttributeType.N)
                            .build()));
        }
    }
}
