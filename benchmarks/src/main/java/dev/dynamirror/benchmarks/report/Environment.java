package dev.dynamirror.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where and with what it was measured.
 *
 * @param own the class path of the contenders
 * @param peer the class path of Flink's own sink
 */
public record Environment(String own, String peer) {

    private static final Pattern MODEL = Pattern.compile("model name\\s*:\\s*(.*)");
    private static final Pattern MEMORY = Pattern.compile("MemTotal:\\s*(\\d+)");

    String text() throws IOException {
        return "| | |\n|---|---|\n"
                + "| date | " + LocalDate.now(ZoneOffset.UTC) + " |\n"
                + "| command | `bin/dynamirror-bench` |\n"
                + "| machine | " + first(MODEL, Path.of("/proc/cpuinfo"), "unknown") + ", "
                + Runtime.getRuntime().availableProcessors() + " cores, "
                + Long.parseLong(first(MEMORY, Path.of("/proc/meminfo"), "0")) / (1 << 20) + " GB; contenders and stub"
                + " share them |\n"
                + "| system | " + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version")
                + ", heap 512 MB |\n"
                + "| here | Flink " + version(own, "flink-core") + ", AWS SDK " + version(own, "dynamodb") + ", CRT "
                + version(own, "aws-crt") + " |\n"
                + "| Flink's own sink | flink-connector-dynamodb " + version(peer, "flink-connector-dynamodb")
                + ", Flink " + version(peer, "flink-core") + ", AWS SDK " + version(peer, "dynamodb") + " |";
    }

    private static String version(String classPath, String artifact) {
        Matcher found = Pattern.compile("/" + Pattern.quote(artifact) + "-(\\d[^/]*?)\\.jar")
                .matcher(classPath);
        return found.find() ? found.group(1) : "?";
    }

    private static String first(Pattern pattern, Path file, String otherwise) throws IOException {
        if (!Files.exists(file)) {
            return otherwise;
        }
        Matcher found = pattern.matcher(Files.readString(file));
        return found.find() ? found.group(1) : otherwise;
    }
}
