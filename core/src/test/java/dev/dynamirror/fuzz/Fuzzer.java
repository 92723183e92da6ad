package dev.dynamirror.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs Jazzer on one fuzz test, for as long as it is told, and keeps the inputs that reach something new.
 *
 * <p>CONTRIBUTING.md says how it is called. It runs in the folder of its module, with Jazzer on its class path.
 */
final class Fuzzer {

    private static final String INSTRUMENTED =
            "dev.dynamirror.**:com.esotericsoftware.**:software.amazon.awssdk.thirdparty.jackson.**";

    private final FuzzTarget target;
    private final Path folder;

    private Fuzzer(FuzzTarget target) {
        this.target = target;
        this.folder = Path.of("target/fuzz", target.name()).toAbsolutePath();
    }

    /** Takes the name of the fuzz test and the seconds. */
    public static void main(String[] args) throws Exception {
        new Fuzzer(FuzzTarget.named(args[0])).run(Integer.parseInt(args[1]));
    }

    private void run(int seconds) throws IOException, InterruptedException {
        Path found = emptyFolder("found");
        List<byte[]> inputs = target.inputs();
        for (int i = 0; i < inputs.size(); i++) {
            Files.write(found.resolve("kept-" + i), inputs.get(i));
        }
        jazzer("-max_total_time=" + seconds, "-use_value_profile=1", found.toString());
        Path merged = emptyFolder("merged");
        jazzer("-merge=1", merged.toString(), found.toString());
        target.keep(contents(merged));
    }

    private Path emptyFolder(String name) throws IOException {
        Path empty = Files.createDirectories(folder.resolve(name));
        for (Path file : files(empty)) {
            Files.delete(file);
        }
        return empty;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static List<byte[]> contents(Path folder) throws IOException {
        List<byte[]> contents = new ArrayList<>();
        for (Path file : files(folder)) {
            contents.add(Files.readAllBytes(file));
        }
        return contents;
    }

    /** In a JVM of its own: whatever is loaded after Jazzer is instrumented, and a crash or too much memory ends it. */
    private void jazzer(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+EnableDynamicAgentLoading",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.test().getName(),
                "--instrumentation_includes=" + INSTRUMENTED,
                "--custom_hook_excludes=org.assertj.**",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-max_len=4096",
                "-len_control=0",
                "-timeout=10"));
        command.addAll(Arrays.asList(arguments));
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IllegalStateException("Jazzer ended with " + status + "; see above, and " + folder);
        }
    }
}
