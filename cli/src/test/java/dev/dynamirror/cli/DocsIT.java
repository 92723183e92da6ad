package dev.dynamirror.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the shell commands of a page one after the other, as they stand there, and holds what they print against the page. */
@Timeout(600)
final class DocsIT {

    private static final Path REPOSITORY = Path.of("..");

    private static final Pattern COMMANDS = Pattern.compile(
            "<!-- run by a test -->\\n```sh\\n(.*?)```\\n(?:(?:\\nThey print:\\n)?\\n```\\n(.*?)```)?", Pattern.DOTALL);

    /**
     * Commands of a page.
     *
     * @param script what is typed
     * @param printed what the page says that is printed
     */
    private record Example(String script, String printed) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "docs/getting-started.md",
                "docs/inputs.md",
                "docs/reconcile.md",
                "docs/tables.md",
                "examples/README.md",
                "examples/kafka/README.md"
            })
    void commandsDoWhatThePageSays(String page, @TempDir Path folder) throws Exception {
        Path launcher = Files.createDirectory(folder.resolve("bin")).resolve("dynamirror");
        Files.createSymbolicLink(launcher, Launcher.PATH);
        Path examples = folder.resolve("examples");
        Files.createSymbolicLink(examples, REPOSITORY.resolve("examples").toRealPath());
        List<Example> shown = examples(page);

        assertThat(shown).isNotEmpty();
        for (Example example : shown) {
            assertThat(timeless(run(folder, example.script()))).isEqualTo(timeless(example.printed()));
        }
        // JUnit would warn of links that lead out of its folder.
        Files.delete(launcher);
        Files.delete(examples);
    }

    private static List<Example> examples(String page) throws IOException {
        List<Example> found = new ArrayList<>();
        Matcher commands = COMMANDS.matcher(Files.readString(REPOSITORY.resolve(page)));
        while (commands.find()) {
            found.add(new Example(commands.group(1), commands.group(2)));
        }
        return found;
    }

    private static String run(Path folder, String script) throws IOException, InterruptedException {
        Process shell = Launcher.command(folder, Map.of(), "sh", "-eu", "-c", script)
                .redirectErrorStream(true)
                .start();
        shell.getOutputStream().close();
        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(printed).isZero();
        return Launcher.withoutProgress(printed);
    }

    /** The same for each run. */
    private static String timeless(String printed) {
        return printed.replaceAll("in \\d+\\.\\d s", "in some time");
    }
}
