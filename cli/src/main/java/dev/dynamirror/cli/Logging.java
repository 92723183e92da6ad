package dev.dynamirror.cli;

import java.util.List;

/**
 * What of the logs the user sees: warnings of ours that no error repeats and no number shows, like messages of the command
 * itself; all if asked.
 */
final class Logging {

    private static final String SIMPLE_LOGGER = "org.slf4j.simpleLogger.";
    private static final String LEVEL_OF = SIMPLE_LOGGER + "log.";

    /** Who warns: of files that can't be read, of credentials that have expired, of a TTL that is off, of a standstill. */
    private static final List<String> WARNING = List.of(
            "dev.dynamirror.flink.input",
            "dev.dynamirror.client",
            "dev.dynamirror.table.TablePreparer",
            "dev.dynamirror.write.Progress");

    private Logging() {}

    /** To be called before the first logger is made. */
    static void configure(boolean debug) {
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.setProperty(SIMPLE_LOGGER + "defaultLogLevel", debug ? "info" : "off");
        System.setProperty(LEVEL_OF + "dev.dynamirror", debug ? "debug" : "off");
        if (debug) {
            System.setProperty(SIMPLE_LOGGER + "showDateTime", "true");
            System.setProperty(SIMPLE_LOGGER + "dateTimeFormat", "HH:mm:ss.SSS");
        } else {
            WARNING.forEach(logger -> System.setProperty(LEVEL_OF + logger, "warn"));
            System.setProperty(SIMPLE_LOGGER + "showThreadName", "false");
            System.setProperty(SIMPLE_LOGGER + "showLogName", "false");
            System.setProperty(SIMPLE_LOGGER + "warnLevelString", "dynamirror:");
        }
    }
}
