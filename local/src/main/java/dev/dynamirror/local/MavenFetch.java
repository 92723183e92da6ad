package dev.dynamirror.local;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** An artifact and all that it needs at run time, fetched by the user's own Maven with the user's own settings. */
final class MavenFetch {

    private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies";

    private MavenFetch() {}

    /** Returns the folder with the jars, inside {@code workFolder}, which is emptied before. */
    static Path fetch(String group, String artifact, String version, String maven, Path workFolder) throws IOException {
        deleteAll(workFolder);
        Files.createDirectories(workFolder);
        Path pom = Files.writeString(workFolder.resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>dev.dynamirror</groupId>
                  <artifactId>fetch</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                  <dependencies>
                    <dependency>
                      <groupId>%s</groupId>
                      <artifactId>%s</artifactId>
                      <version>%s</version>
                    </dependency>
                  </dependencies>
                </project>
                """.formatted(group, artifact, version));
        Path jars = workFolder.resolve("jars");
        // Run in the work folder, so that no .mvn folder of the user's project has a say.
        Process process = run(
                List.of(
                        maven,
                        "--batch-mode",
                        "--quiet",
                        "--file",
                        pom.toString(),
                        COPY,
                        "-DincludeScope=runtime",
                        "-DincludeTypes=jar",
                        "-DoutputDirectory=" + jars),
                workFolder);
        String output;
        int status;
        try {
            output = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
            status = process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new LocalDynamoDbException("interrupted while Maven was fetching " + artifact, e);
        }
        if (status != 0 || !Files.isDirectory(jars)) {
            throw new LocalDynamoDbException("%s %s could not be fetched with Maven (is the network there?): %s"
                    .formatted(artifact, version, reason(output, status)));
        }
        return jars;
    }

    private static Process run(List<String> command, Path folder) {
        try {
            return new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new LocalDynamoDbException(
                    "DynamoDB Local is not on this machine yet, and Maven, which is to fetch it, was not found (%s):"
                                    .formatted(command.get(0))
                            + " install Maven 3.8 or newer (on Debian: apt install maven) and try again",
                    e);
        }
    }

    /** Maven's first error is the cause; those after it are advice. */
    private static String reason(String output, int status) {
        return output.lines()
                .filter(line -> line.startsWith("[ERROR] "))
                .map(line -> line.substring("[ERROR] ".length()).strip())
                .findFirst()
                .or(() -> output.lines().filter(line -> !line.isBlank()).reduce((first, second) -> second))
                .orElse("it ended with status " + status);
    }

    static void deleteAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
