package dev.dynamirror.benchmarks.run;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The class paths of the processes.
 *
 * @param own that of this module, with everything it needs
 * @param peer that of Flink's own DynamoDB sink: this module's classes alone, the sink, and the Flink it needs
 */
public record ClassPaths(String own, String peer) {

    /** The class paths as the builds of this module and of its peer have left them in that folder. */
    public static ClassPaths of(Path module) {
        String classes = module.resolve("target/classes").toString();
        return new ClassPaths(
                classes + File.pathSeparator + read(module.resolve("target/class-path")),
                classes + File.pathSeparator + read(module.resolve("flink-peer/target/class-path")));
    }

    /** The class path of a contender. */
    public String of(String contender) {
        return contender.equals("flink-dynamodb") ? peer : own;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("not built: " + file, e);
        }
    }
}
