package dev.dynamirror.benchmarks.report;

import java.util.List;

/** What the contenders are called in tables and plots, and the order in which they stand there. */
final class Names {

    private static final List<List<String>> NAMES = List.of(
            List.of("floor", "floor: copied, hashed, handed to the kernel"),
            List.of("flink-nothing", "Flink job into nothing"),
            List.of("core", "dynamirror, core"),
            List.of("core-tls", "dynamirror, core, TLS"),
            List.of("flink-dynamirror", "dynamirror, whole Flink job"),
            List.of("flink-dynamodb", "Flink job, Flink's own sink"),
            List.of("sdk-async-netty", "SDK async, Netty, 16 in flight"),
            List.of("sdk-async-netty-tls", "SDK async, Netty, 16 in flight, TLS"),
            List.of("sdk-async-crt", "SDK async, CRT, 16 in flight"),
            List.of("sdk-enhanced", "SDK enhanced, 16 in flight"),
            List.of("sdk-sync", "SDK sync, 1 in flight (model of Pathway)"),
            List.of("skewed-core", "dynamirror, core"),
            List.of("skewed-flink-dynamirror", "dynamirror, whole Flink job"),
            List.of("skewed-batches", "25-row batches, de-duplicated (model)"));

    private Names() {}

    static List<String> order() {
        return NAMES.stream().map(pair -> pair.get(0)).toList();
    }

    static String of(String contender) {
        return NAMES.stream()
                .filter(pair -> pair.get(0).equals(contender))
                .map(pair -> pair.get(1))
                .findFirst()
                .orElse(contender);
    }

    static boolean isOwn(String contender) {
        return contender.contains("core") || contender.contains("dynamirror");
    }
}
