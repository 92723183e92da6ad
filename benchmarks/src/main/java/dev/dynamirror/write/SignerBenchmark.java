package dev.dynamirror.write;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** The headers of a request of 25 changes are made and signed. In the signer's package, as it is nobody else's. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SignerBenchmark {

    private static final int CHANGES = 25;

    /** The bytes of a change. */
    @Param({"120", "2048"})
    public int bytes = 120;

    private final RequestSigner signer = new RequestSigner(
            URI.create("https://dynamodb.eu-central-1.amazonaws.com"), "eu-central-1", InstantSource.system());
    private final AwsCredentialsIdentity credentials =
            AwsCredentialsIdentity.create("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    private List<byte[]> body = List.of();

    /** Makes the body. */
    @Setup
    public void makeBody() {
        body = Collections.nCopies(CHANGES, "x".repeat(bytes).getBytes(StandardCharsets.UTF_8));
    }

    /** One request. */
    @Benchmark
    public SortedMap<String, String> sign() {
        return signer.headers("BatchWriteItem", body, credentials);
    }
}
