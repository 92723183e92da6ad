package dev.dynamirror.write;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
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
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** A request is signed; in the signer's own package, as nobody else may use it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SignerBenchmark {

    /** How long the body is: that of 25 small rows, or of 25 large ones. */
    @Param({"3000", "50000"})
    public int bytes = 3000;

    private final RequestSigner signer = new RequestSigner(
            URI.create("https://dynamodb.eu-central-1.amazonaws.com"), "eu-central-1", InstantSource.system());
    private final AwsCredentials credentials = AwsBasicCredentials.create("AKIDEXAMPLE", "secret");
    private List<byte[]> body = List.of();

    /** Makes the body. */
    @Setup
    public void makeBody() {
        body = List.of("x".repeat(bytes).getBytes(StandardCharsets.US_ASCII));
    }

    /** Its hash is most of it. */
    @Benchmark
    public SortedMap<String, String> headers() {
        return signer.headers("BatchWriteItem", body, credentials);
    }
}
