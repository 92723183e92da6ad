package dev.dynamirror.cli;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.mirror.MirrorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dynamirror verify}: compares a file with a table. */
@Command(
        name = "verify",
        header = "Compare files, or standard input, with a DynamoDB table, and write nothing.",
        customSynopsis = "dynamirror verify INPUT... --table=NAME --partition-key=COLUMN [OPTIONS]",
        description = {
            "",
            "Items are what write with the same options makes of the rows. Exit status 0 only if all are equal."
        },
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  dynamirror verify examples/greetings.md --table test --partition-key key --local"})
final class VerifyCommand implements Callable<Integer> {

    @Mixin
    private InputOptions input = new InputOptions();

    @Mixin
    private MirrorOptions options = new MirrorOptions();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            order = 25,
            description = "Write all differences there, as JSON Lines.")
    private @Nullable Path output;

    @Mixin
    private LocalOption local = new LocalOption();

    @Mixin
    CommonOptions common = new CommonOptions();

    @Spec
    private @Nullable CommandSpec spec;

    private final Console console;

    VerifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        MirrorSettings.Builder mirror = mirror();
        input.checkFormat();
        return new Comparison(console, input, local, mirror).verify(output);
    }

    private MirrorSettings.Builder mirror() {
        try {
            MirrorSettings.Builder mirror = options.mirror();
            mirror.buildForVerifying();
            return mirror;
        } catch (MirrorException refused) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), String.valueOf(refused.getMessage()));
        }
    }
}
