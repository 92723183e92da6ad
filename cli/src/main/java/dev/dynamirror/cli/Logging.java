package dev.dynamirror.cli;

/** What of the libraries' logs the user sees: nothing, unless asked. Our errors say all that is to be said. */
final class Logging {

    private static final String SIMPLE_LOGGER = "org.slf4j.simpleLogger.";

    private Logging() {}

    /** To be called before the first logger is made. */
    static void configure(boolean debug) {
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.setProperty(SIMPLE_LOGGER + "defaultLogLevel", debug ? "info" : "off");
        System.setProperty(SIMPLE_LOGGER + "log.dev.dynamirror", debug ? "debug" : "off");
        System.setProperty(SIMPLE_LOGGER + "showDateTime", "true");
        System.setProperty(SIMPLE_LOGGER + "dateTimeFormat", "HH:mm:ss.SSS");
    }
}
