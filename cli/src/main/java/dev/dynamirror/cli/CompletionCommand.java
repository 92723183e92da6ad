package dev.dynamirror.cli;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dynamirror completion}: what makes a shell complete this program's words. */
@Command(
        name = "completion",
        header = "Print a script by which bash and zsh complete commands and options.",
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  source <(dynamirror completion)",
            "  dynamirror completion > ~/.local/share/bash-completion/completions/dynamirror"
        })
final class CompletionCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common = new CommonOptions();

    @Spec
    private @Nullable CommandSpec spec;

    private final Console console;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        CommandSpec program = Objects.requireNonNull(spec).root();
        console.results()
                .append(AutoComplete.bash(program.name(), program.commandLine()))
                .flush();
        return Dynamirror.DONE;
    }
}
