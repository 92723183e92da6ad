package dev.dynamirror.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The page on the command line and the manual page are what the commands say of themselves. With {@code
 * -Ddynamirror.docs=write} they are written anew.
 */
final class CommandLineDocTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final List<String> COMMANDS = commands();

    @Test
    void thePageIsWhatTheCommandsSay() throws IOException {
        StringBuilder page = new StringBuilder("""
                # The command line

                What `dynamirror --help` prints, and each command's own. This page is generated: after a change of an option run
                `mvn test -pl cli -am -Dtest=CommandLineDocTest -Dsurefire.failIfNoSpecifiedTests=false -Ddynamirror.docs=write`.

                `source <(dynamirror completion)` has bash and zsh complete all of it, and `man -l docs/man/dynamirror.1` is the manual page. What the
                inputs are is told in [inputs.md](inputs.md), what a created table is like in [tables.md](tables.md), and all else that options
                mean in [sql.md](sql.md), where they have the same names.

                """);
        page.append("```\n").append(help()).append("```\n");
        for (String command : COMMANDS) {
            page.append("\n## ")
                    .append(command)
                    .append("\n\n```\n")
                    .append(help(command))
                    .append("```\n");
        }
        assertIsIn(DOCS.resolve("command-line.md"), page.toString());
    }

    @Test
    void theManualIsWhatTheCommandsSay() throws IOException {
        StringBuilder manual = new StringBuilder("""
                .TH DYNAMIRROR 1
                .SH NAME
                dynamirror \\- keeps a DynamoDB table equal to a live table
                .SH SYNOPSIS
                """);
        for (String command : COMMANDS) {
            manual.append(".B dynamirror ").append(command).append("\n[OPTIONS]\n.br\n");
        }
        manual.append(".SH DESCRIPTION\n").append(preformatted(help()));
        for (String command : COMMANDS) {
            manual.append(".SH DYNAMIRROR ")
                    .append(command.toUpperCase(Locale.ROOT))
                    .append('\n');
            manual.append(preformatted(help(command)));
        }
        assertIsIn(DOCS.resolve("man/dynamirror.1"), manual.toString());
    }

    @Test
    void theCompletionIsAScriptOfBash(@TempDir Path folder) throws Exception {
        Shell.Outcome script = Shell.run("completion");
        assertThat(script.status()).isZero();
        assertThat(script.results()).contains("--init-mode", "create_if_not_exists");

        Path file = Files.writeString(folder.resolve("completion"), script.results());
        Process bash = new ProcessBuilder("bash", "-c", "source \"$0\" && complete -p dynamirror", file.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(printed).isZero();
        assertThat(printed).startsWith("complete ").endsWith(" dynamirror\n");
    }

    /** Those that the help names, in its order. */
    private static List<String> commands() {
        Console console = new Console(
                InputStream.nullInputStream(), OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), null);
        return Dynamirror.commandLine(console).getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(command -> !command.usageMessage().hidden())
                .map(CommandSpec::name)
                .toList();
    }

    private static String help(String... command) {
        String[] words = Arrays.copyOf(command, command.length + 1);
        words[command.length] = "--help";
        return Shell.run(words).results();
    }

    private static String preformatted(String text) {
        return ".nf\n" + text.replace("\\", "\\e").replace("-", "\\-").replaceAll("(?m)^([.'])", "\\\\&$1") + ".fi\n";
    }

    private static void assertIsIn(Path file, String text) throws IOException {
        if (System.getProperty("dynamirror.docs", "").equals("write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(file).hasContent(text);
    }
}
