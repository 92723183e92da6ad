package dev.dynamirror.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/dynamirror} as users run it, on the program that this build has packaged. */
@Timeout(600)
final class LauncherIT {

    @TempDir
    private Path folder;

    @Test
    void aTableIsMadeAndReadInAShell() throws Exception {
        Files.writeString(folder.resolve("greetings.md"), "key | value\n1 | Hello\n2 | World\n");

        Shell.Outcome missing = run("write greetings.md --table test --partition-key key --local");
        assertThat(missing)
                .isEqualTo(new Shell.Outcome(
                        1,
                        "",
                        "dynamirror: table test doesn't exist; create it, or have it"
                                + " created by the init mode create_if_not_exists\n"));

        Shell.Outcome created = run(
                "write greetings.md --table test --partition-key key --init-mode create_if_not_exists --local --debug");
        assertThat(created.results()).matches("table test: 2 rows read, 2 items put, 0 deleted, in \\d+\\.\\d s\n");
        assertThat(created.messages())
                .containsPattern(
                        "mirror test: starts; table test at http://127\\.0\\.0\\.1:\\d+ in \\S+ with partition key"
                                + " \"key\" \\(N\\); init mode CREATE_IF_NOT_EXISTS; columns key int, value str; ")
                .contains(
                        "mirror test: the table is ready\n", "mirror test: the input has ended, and all is written\n");
        assertThat(folder.resolve(".dynamirror/local")).isDirectory();
        assertThat(run("scan test --local --format dynamodb-json")).isEqualTo(new Shell.Outcome(0, """
                        {"key":{"N":"1"},"value":{"S":"Hello"}}
                        {"key":{"N":"2"},"value":{"S":"World"}}
                        """, ""));
    }

    @Test
    void worksThroughLinksInFoldersWithSpaces() throws Exception {
        Path place = Files.createDirectories(folder.resolve("a place"));
        Path link = Files.createSymbolicLink(place.resolve("first link"), Launcher.PATH);
        Path second = Files.createSymbolicLink(folder.resolve("second link"), Path.of("a place", "first link"));
        Shell.Outcome version = finish(start(folder, Map.of(), second.toString(), "--version"));
        assertThat(version).isEqualTo(finish(start(folder, Map.of(), link.toString(), "-V")));
        assertThat(version.results()).startsWith("dynamirror ");
        // JUnit would warn of links that lead out of its folder.
        Files.delete(second);
        Files.delete(link);
    }

    /** An empty one says that it could not be made: each command would start two seconds later. */
    @Test
    void thereIsAnArchiveOfTheProgramsClasses() throws Exception {
        assertThat(run("--version").status()).isZero();

        try (Stream<Path> program = Files.list(Launcher.PROGRAM)) {
            assertThat(program.filter(file -> file.toString().endsWith(".jsa")))
                    .isNotEmpty()
                    .allSatisfy(archive -> assertThat(archive).isNotEmptyFile());
        }
    }

    @Test
    void filesMayBeInFileSystemsOfFlinksPlugins() throws Exception {
        Path jar = Files.createDirectories(folder.resolve("plugins/other")).resolve("other.jar");
        String factory = OtherFileSystemFactory.class.getName();
        String file = factory.replace('.', '/') + ".class";
        try (JarOutputStream entries = new JarOutputStream(Files.newOutputStream(jar))) {
            entries.putNextEntry(new JarEntry(file));
            Files.copy(Path.of("target", "test-classes", file), entries);
            entries.putNextEntry(new JarEntry("META-INF/services/org.apache.flink.core.fs.FileSystemFactory"));
            entries.write(factory.getBytes(StandardCharsets.UTF_8));
        }
        Path rows = Files.writeString(folder.resolve("rows.csv"), "id,item\n1,apple\n");
        Map<String, String> plugins =
                Map.of("FLINK_PLUGINS_DIR", folder.resolve("plugins").toString());

        Shell.Outcome written = finish(start(
                folder,
                plugins,
                Launcher.PATH.toString(),
                "write",
                "other://" + rows,
                "--table",
                "test",
                "--partition-key",
                "id",
                "--init-mode",
                "create_if_not_exists",
                "--local"));

        assertThat(written.messages()).isEmpty();
        assertThat(written.results()).startsWith("table test: 1 rows read, 1 items put, 0 deleted, in ");
    }

    @Test
    void aMissingRegionIsToldBeforeAnythingIsRead() throws Exception {
        assertThat(run("write not-there.md --table test --partition-key key"))
                .isEqualTo(new Shell.Outcome(
                        1,
                        "",
                        "dynamirror: no AWS region is set: set AWS_REGION (for example"
                                + " AWS_REGION=eu-central-1), or a region in the profile that AWS_PROFILE names\n"));
    }

    @Test
    void anOldJavaIsRefused() throws Exception {
        Path java = Files.createDirectories(folder.resolve("jdk-11/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexit 1\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("jdk-11/release"), "JAVA_VERSION=\"11.0.2\"\n");
        Shell.Outcome refused = finish(start(
                folder,
                Map.of("JAVA_HOME", folder.resolve("jdk-11").toString()),
                Launcher.PATH.toString(),
                "--version"));
        assertThat(refused)
                .isEqualTo(new Shell.Outcome(
                        1,
                        "",
                        "dynamirror: Java 17 or newer is needed, but " + java.toRealPath()
                                + " is 11.0.2; install one (on Debian: apt-get install default-jdk-headless maven), or set"
                                + " JAVA_HOME\n"));
    }

    /** With a JDK 25 if this machine has one, with the JDK of this test otherwise. */
    @Test
    void theNewestJavaHasNothingToSay() throws Exception {
        Map<String, String> newest = Map.of("JAVA_HOME", newestJava().toString());
        Files.writeString(folder.resolve("greetings.md"), "key | value\n1 | Hello\n");
        Shell.Outcome version = finish(start(folder, newest, Launcher.PATH.toString(), "--version"));
        assertThat(version.status()).isZero();
        assertThat(version.messages()).isEmpty();
        assertThat(version.results()).startsWith("dynamirror ");

        Shell.Outcome written = finish(start(
                folder,
                newest,
                Launcher.PATH.toString(),
                "write",
                "greetings.md",
                "--table",
                "test",
                "--partition-key",
                "key",
                "--init-mode",
                "create_if_not_exists",
                "--local"));
        assertThat(written.messages()).isEmpty();
        assertThat(written.status()).isZero();
        assertThat(written.results()).matches("table test: 1 rows read, 1 items put, 0 deleted, in \\d+\\.\\d s\n");

        assertThat(finish(start(folder, newest, Launcher.PATH.toString(), "scan", "test", "--local")))
                .isEqualTo(new Shell.Outcome(0, "key | value\n--- | -----\n1   | Hello\n", ""));
    }

    @Test
    void stoppedWhileTheDatabaseStartsItSaysSo() throws Exception {
        Files.writeString(folder.resolve("greetings.md"), "key | value\n1 | Hello\n");
        Shell.Outcome stopped = stopWhileTheDatabaseStarts(
                "write", "greetings.md", "--table", "test", "--partition-key", "key", "--local");
        assertThat(stopped.status()).isEqualTo(130);
        assertThat(stopped.results()).isEmpty();
        assertThat(stopped.messages())
                .matches("dynamirror: stopped; so far table test: 0 rows read, 0 items put, 0 deleted,"
                        + " in \\d+\\.\\d s\n");
    }

    @Test
    void aLocalServerThatIsStoppedWhileItStartsSaysNothing() throws Exception {
        assertThat(stopWhileTheDatabaseStarts("local", "--port", "0")).isEqualTo(new Shell.Outcome(130, "", ""));
    }

    @Test
    void interruptedItTellsWhatWasWrittenAndLeavesNoProcessBehind() throws Exception {
        Files.write(
                folder.resolve("many.csv"),
                Stream.concat(
                                Stream.of("key,value"),
                                IntStream.range(0, 300_000).mapToObj(i -> i + ",value " + i))
                        .toList());
        Process process = start(
                folder,
                Map.of(),
                "setsid",
                Launcher.PATH.toString(),
                "write",
                "many.csv",
                "--table",
                "many",
                "--partition-key",
                "key",
                "--init-mode",
                "create_if_not_exists",
                "--local");
        // A child for the database, which began when the write did; then some time for rows to be written.
        await().atMost(Duration.ofMinutes(1))
                .until(() -> process.children().findAny().isPresent());
        Path data = folder.resolve(".dynamirror/local/shared-local-instance.db");
        await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(data) && Files.size(data) > 500_000);
        List<ProcessHandle> children = process.descendants().toList();

        signal("INT", "-" + process.pid());
        Shell.Outcome stopped = finish(process);

        assertThat(stopped.status()).isEqualTo(130);
        assertThat(stopped.results()).isEmpty();
        assertThat(stopped.messages())
                .matches(
                        "(dynamirror: many: .* write units, .*\n)*dynamirror: stopped; so far table many: [1-9]\\d* rows"
                                + " read, [1-9]\\d* items put, 0 deleted, in \\d+\\.\\d s\n");
        assertThat(children).isNotEmpty();
        await().atMost(Duration.ofSeconds(10)).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void aLocalServerRunsUntilItIsStopped() throws Exception {
        Process process = start(folder, Map.of(), Launcher.PATH.toString(), "local", "--port", "0");
        BufferedReader results = process.inputReader(StandardCharsets.UTF_8);
        String line = results.readLine();
        assertThat(line)
                .matches("DynamoDB Local answers at http://127\\.0\\.0\\.1:\\d+ until Ctrl-C, on all network"
                        + " interfaces; to use it: export AWS_ENDPOINT_URL=http://127\\.0\\.0\\.1:\\d+"
                        + " AWS_REGION=us-east-1");
        String endpoint = line.replaceAll(".*AWS_ENDPOINT_URL=(\\S+).*", "$1");
        List<ProcessHandle> children = process.descendants().toList();
        assertThat(children).isNotEmpty();

        Map<String, String> asTold = Map.of("AWS_ENDPOINT_URL", endpoint, "AWS_REGION", "us-east-1");
        Shell.Outcome scan = finish(start(folder, asTold, Launcher.PATH.toString(), "scan", "nowhere"));
        assertThat(scan).isEqualTo(new Shell.Outcome(1, "", "dynamirror: table nowhere doesn't exist\n"));

        process.toHandle().destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        await().atMost(Duration.ofSeconds(10)).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Has the database's process stand still as soon as there is one, so that it never answers. */
    private Shell.Outcome stopWhileTheDatabaseStarts(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("setsid", Launcher.PATH.toString()));
        command.addAll(List.of(arguments));
        Process process = start(folder, Map.of(), command.toArray(new String[0]));
        ProcessHandle database = await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> process.children().filter(LauncherIT::isDatabase).findAny(), Optional::isPresent)
                .orElseThrow();
        signal("STOP", Long.toString(database.pid()));
        signal("INT", "-" + process.pid());
        Shell.Outcome outcome = finish(process);
        await().atMost(Duration.ofSeconds(10)).until(() -> !database.isAlive());
        return outcome;
    }

    private static boolean isDatabase(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("DynamoDBLocal");
    }

    private static void signal(String name, String process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, "--", process).start().waitFor();
    }

    private static Path newestJava() throws IOException {
        Path place = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(place)) {
            try (Stream<Path> all = Files.list(place)) {
                Optional<Path> newest = all.filter(
                                java -> java.getFileName().toString().contains("25"))
                        .filter(java -> Files.isExecutable(java.resolve("bin/java")))
                        .findAny();
                if (newest.isPresent()) {
                    return newest.get();
                }
            }
        }
        return Path.of(System.getProperty("java.home"));
    }

    private Shell.Outcome run(String line) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Launcher.PATH.toString()));
        command.addAll(List.of(line.split(" ")));
        return finish(start(folder, Map.of(), command.toArray(new String[0])));
    }

    private static Process start(Path folder, Map<String, String> environment, String... command) throws IOException {
        return Launcher.command(folder, environment, command)
                .redirectError(folder.resolve("messages.txt").toFile())
                .start();
    }

    private Shell.Outcome finish(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        String results = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        String messages = Files.readString(folder.resolve("messages.txt"));
        return new Shell.Outcome(status, results, Launcher.withoutProgress(messages));
    }
}
