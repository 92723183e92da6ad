package dev.dynamirror.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Packages that npm fetches for a test, into a folder of the build where they stay as long as its other results. */
public final class NodePackages {

    private NodePackages() {}

    /** Whether this machine has npm. */
    public static boolean canBeFetched() {
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "npm")));
    }

    /**
     * Fetches packages, unless they are there.
     *
     * @param folder below which they go, in {@code node_modules}; npm's log is there, too
     * @param packages names with versions
     * @return the folder, absolute
     * @throws IOException if npm fails
     */
    public static Path fetch(Path folder, String... packages) throws IOException, InterruptedException {
        Path fetched = folder.resolve("fetched");
        if (!Files.exists(fetched)) {
            Files.createDirectories(folder);
            Path log = folder.resolve("npm.log");
            List<String> command = Stream.concat(
                            Stream.of("npm", "install", "--prefix", folder.toString()),
                            Stream.concat(
                                    Stream.of(
                                            "--no-audit",
                                            "--no-fund",
                                            "--no-package-lock",
                                            "--ignore-scripts",
                                            "--omit=optional"),
                                    Stream.of(packages)))
                    .toList();
            int status = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IOException("npm has ended with status " + status + "; its log is " + log.toAbsolutePath());
            }
            Files.createFile(fetched);
        }
        return folder.toAbsolutePath();
    }
}
