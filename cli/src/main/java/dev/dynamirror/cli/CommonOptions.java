package dev.dynamirror.cli;

import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The options that every command has; the parser reads them. */
final class CommonOptions {

    private static final String DEBUG = "--debug";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 101,
            description = "Print this help.")
    boolean help;

    @Option(names = DEBUG, order = 100, description = "Show logs, and an error's stack trace, on standard error.")
    boolean debug;

    static boolean debug(ParseResult parsed) {
        return parsed.asCommandLineList().stream()
                .anyMatch(line -> line.getParseResult().hasMatchedOption(DEBUG));
    }
}
