package dev.dynamirror.cli;

import java.nio.file.Path;
import java.util.Map;

/** {@code bin/dynamirror} of the program that this build has packaged. */
final class Launcher {

    static final Path PATH = Path.of("..", "bin", "dynamirror").toAbsolutePath().normalize();

    /** What has been packaged. */
    static final Path PROGRAM = Path.of("target", "dynamirror").toAbsolutePath();

    private Launcher() {}

    /** A command that is run in a folder, and sees nothing of the developer's own settings, nor of a cloud machine. */
    static ProcessBuilder command(Path folder, Map<String, String> environment, String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> all = builder.environment();
        all.keySet().removeIf(name -> name.startsWith("AWS_"));
        all.put("AWS_EC2_METADATA_DISABLED", "true");
        all.put("AWS_CONFIG_FILE", folder.resolve("no-config").toString());
        all.put("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("no-credentials").toString());
        // What is to be tested has been built; this build must not start another one.
        all.put("DYNAMIRROR_BUILD", "never");
        all.put("JAVA_HOME", System.getProperty("java.home"));
        all.putAll(environment);
        return builder;
    }

    /** Messages without those of progress, which only the first commands after a build have, or those that take long. */
    static String withoutProgress(String messages) {
        return messages.replaceAll("dynamirror: (preparing|waiting for another build|\\S+: \\d+ put, ).*\\R", "");
    }
}
