package dev.dynamirror.cli;

/** Where {@code bin/dynamirror} enters. */
public final class Main {

    private Main() {}

    /** Runs the command line and ends this JVM with its exit status. */
    public static void main(String[] arguments) {
        Console console = Console.ofThisProcess();
        System.setErr(console.linesAboveLiveOnes());
        int status = Dynamirror.run(console, arguments);
        Database.awaitTheSdksThreads();
        System.exit(status);
    }
}
