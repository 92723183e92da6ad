package dev.dynamirror.cli;

import dev.dynamirror.error.MirrorException;
import dev.dynamirror.local.LocalDynamoDbException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: which words there are, and what its exit status says. */
@Command(
        name = "dynamirror",
        header = "Keeps a DynamoDB table equal to a live table.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Dynamirror.Version.class,
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples, with a database on this machine that needs no account:",
            "  dynamirror write examples/greetings.md --table test --partition-key key \\",
            "                   --init-mode create_if_not_exists --local",
            "  dynamirror scan test --local",
            "",
            "Without --local, region, endpoint and credentials come from the environment, as",
            "for every program of the AWS SDK: AWS_REGION, AWS_ENDPOINT_URL, AWS_PROFILE, ...",
            "Exit status: 0 done, 1 failed or not equal, 2 wrong usage,",
            "3 done but for rows that were set aside, 130 stopped by Ctrl-C."
        })
final class Dynamirror {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    /** All else is done, but some rows were set aside. */
    static final int ROWS_SET_ASIDE = 3;
    /** 128 and SIGINT, as the JVM and shells have it. */
    static final int STOPPED = 130;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help; each command has its own.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version.")
    boolean version;

    private Dynamirror() {}

    /** Runs one command line and returns its exit status. */
    static int run(Console console, String... arguments) {
        return commandLine(console)
                .execute(MonitoringOptions.withDefaultPort(LocalOption.withDefaultFolder(arguments)));
    }

    /** All commands. */
    static CommandLine commandLine(Console console) {
        return new CommandLine(new Dynamirror())
                .addSubcommand(new WriteCommand(console))
                .addSubcommand(new VerifyCommand(console))
                .addSubcommand(new SqlCommand(console))
                .addSubcommand(new ScanCommand(console))
                .addSubcommand(new LocalCommand(console))
                .addSubcommand(new CompletionCommand(console))
                .addSubcommand(new RehearseCommand(console))
                .setOut(new PrintWriter(console.results()))
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setUsageHelpWidth(88)
                .setUsageHelpLongOptionsMaxWidth(30)
                .setParameterExceptionHandler((wrong, given) -> wrongUsage(console, wrong))
                .setExecutionStrategy(parsed -> {
                    Logging.configure(CommonOptions.debug(parsed));
                    EngineOption.loadFileSystems();
                    return new CommandLine.RunLast().execute(parsed);
                })
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> failed(console, failure, CommonOptions.debug(parsed)));
    }

    private static int wrongUsage(Console console, ParameterException wrong) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        StringBuilder message =
                new StringBuilder(String.valueOf(wrong.getMessage()).replaceAll("\\R\\s*", " "));
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            message.append("; is it ")
                    .append(String.join(" or ", unmatched.getSuggestions()))
                    .append('?');
        }
        console.say(message + " (see " + command + " --help)");
        return WRONG_USAGE;
    }

    private static int failed(Console console, Exception failure, boolean debug) {
        if (failure instanceof IOException && "Broken pipe".equals(failure.getMessage())) {
            // Whoever read the results has enough of them, like head.
            return DONE;
        }
        if (debug) {
            failure.printStackTrace(console.messages());
        }
        if (failure instanceof MirrorException || failure instanceof LocalDynamoDbException) {
            console.say(Objects.requireNonNull(failure.getMessage()));
        } else if (failure instanceof IOException) {
            // All others have become MirrorExceptions where they happened.
            console.say("the results can't be written: " + failure.getMessage());
        } else {
            console.say("failed for a reason that is a defect of dynamirror: " + failure
                    + (debug ? "" : " (--debug shows where)"));
        }
        return FAILED;
    }

    /** The version that Maven gave this build. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            try (InputStream file = Dynamirror.class.getResourceAsStream("version.properties")) {
                Properties properties = new Properties();
                properties.load(file);
                return new String[] {"dynamirror " + properties.getProperty("version")};
            }
        }
    }
}
