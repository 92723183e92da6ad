package dev.dynamirror.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --local[=DIR]}. */
final class LocalOption {

    private static final String NAME = "--local";
    private static final String DEFAULT_FOLDER = ".dynamirror/local";

    @Option(
            names = NAME,
            arity = "0..1",
            paramLabel = "DIR",
            converter = Folders.class,
            order = 50,
            description = {
                "Use a DynamoDB Local that runs beside this command and keeps its data in DIR,"
                        + " else in the folder .dynamirror/local. Fetched with Maven when this machine has none yet."
            })
    private @Nullable Path folder;

    /**
     * Gives {@code --local} its folder where it stands alone, so that the word after it, a table's name for example, is
     * never taken for one.
     */
    static String[] withDefaultFolder(String... arguments) {
        return Arrays.stream(arguments)
                .map(argument -> argument.equals(NAME) ? NAME + "=" + DEFAULT_FOLDER : argument)
                .toArray(String[]::new);
    }

    boolean isGiven() {
        return folder != null;
    }

    /** The database that the command is to talk to; a local one is starting then. */
    Database open(Consumer<String> progress) {
        return folder == null ? Database.ofTheEnvironment() : Database.local(folder, progress);
    }
}
