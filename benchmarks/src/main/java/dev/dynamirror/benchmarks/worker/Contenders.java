package dev.dynamirror.benchmarks.worker;

import dev.dynamirror.benchmarks.flink.FlinkJob;
import dev.dynamirror.benchmarks.stub.StubClient;
import java.util.List;

/** The contenders by name. Some run on a class path that lacks what others need, so only the one that is asked for is loaded. */
final class Contenders {

    static final List<String> NAMES = List.of(
            "floor",
            "core",
            "sdk-sync",
            "sdk-async-netty",
            "sdk-async-crt",
            "sdk-enhanced",
            "flink-nothing",
            "flink-dynamirror",
            "flink-dynamodb",
            "skewed-core",
            "skewed-flink-dynamirror",
            "skewed-batches");

    private Contenders() {}

    static Contender open(String name, Target target, StubClient stub) throws Exception {
        return switch (name) {
            case "floor" -> Floor.open(target);
            case "core" -> CoreWriter.open(target);
            case "sdk-sync" -> new SdkSync(target);
            case "sdk-async-netty" -> SdkAsync.overNetty(target);
            case "sdk-async-crt" -> SdkAsync.overCrt(target);
            case "sdk-enhanced" -> SdkEnhanced.open(target);
            case "flink-nothing" -> FlinkJob.intoNothing(target);
            case "flink-dynamirror" -> FlinkJob.intoDynamirror(target, stub);
            case "flink-dynamodb" -> FlinkJob.intoFlinksOwnSink(target, stub);
            case "skewed-core" -> SkewedCore.open(target);
            case "skewed-flink-dynamirror" -> FlinkJob.skewedIntoDynamirror(target);
            case "skewed-batches" -> new SkewedBatches(target);
            default ->
                throw new IllegalArgumentException(
                        "there is no contender " + name + "; there are " + String.join(", ", NAMES));
        };
    }
}
