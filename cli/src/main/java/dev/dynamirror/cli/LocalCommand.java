package dev.dynamirror.cli;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.local.LocalDynamoDb;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dynamirror local}: a DynamoDB Local server, until it is stopped. */
@Command(
        name = "local",
        header = "Run a DynamoDB Local server on this machine until it is stopped.",
        description = {
            "",
            "DynamoDB Local is Amazon's, under its own licence; it is fetched with Maven when this",
            "machine has none yet. It listens on all network interfaces and takes any credentials."
        },
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  dynamirror local --port 8000 --dir /tmp/tables"})
final class LocalCommand implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "PORT",
            order = 1,
            description = "The port to listen on, 0 for any free one. Without it 8000.")
    private int port = 8000;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            converter = Folders.class,
            order = 2,
            description = "Where to keep the tables. Without it they are in memory, and gone at the end.")
    private @Nullable Path folder;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Spec
    private @Nullable CommandSpec spec;

    private final Console console;

    LocalCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        return Interruption.orEnd(this::serve, () -> Dynamirror.DONE);
    }

    /** Returns by an exception only. */
    private int serve() throws IOException, InterruptedException {
        try (LocalDynamoDb database = starter().start()) {
            database.awaitReady();
            console.results()
                    .append("DynamoDB Local answers at %1$s until Ctrl-C, on all network interfaces; to use it:"
                            .formatted(database.endpoint()))
                    .append(" export AWS_ENDPOINT_URL=%s AWS_REGION=us-east-1\n".formatted(database.endpoint()))
                    .flush();
            ProcessHandle.of(database.pid())
                    .map(ProcessHandle::onExit)
                    .orElseGet(() -> CompletableFuture.completedFuture(null))
                    .get();
            throw new MirrorException("DynamoDB Local on port " + database.port() + " has ended by itself");
        } catch (ExecutionException e) {
            throw new IllegalStateException("nobody knows when DynamoDB Local ends", e);
        }
    }

    private LocalDynamoDb.Starter starter() {
        try {
            LocalDynamoDb.Starter starter =
                    folder == null ? LocalDynamoDb.inMemory() : LocalDynamoDb.inDirectory(folder);
            return starter.port(port).progress(console::say);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), wrong.getMessage(), wrong);
        }
    }
}
