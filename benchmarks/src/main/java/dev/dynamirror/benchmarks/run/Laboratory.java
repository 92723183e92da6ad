package dev.dynamirror.benchmarks.run;

import dev.dynamirror.benchmarks.report.Round;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Starts contenders, warms them up, and lets them take turns. */
final class Laboratory implements AutoCloseable {

    private final ClassPaths classPaths;
    private final Path folder;
    private final Stub stub;

    private Laboratory(ClassPaths classPaths, Path folder, Stub stub) {
        this.classPaths = classPaths;
        this.folder = folder;
        this.stub = stub;
    }

    static Laboratory open(Path module) throws IOException, InterruptedException {
        ClassPaths classPaths = ClassPaths.of(module);
        Path folder = module.resolve("target/bench");
        return new Laboratory(classPaths, folder, Stub.start(classPaths, folder));
    }

    /** From now on each request is answered that much later. */
    void delay(Duration delay) {
        stub.delay(delay);
    }

    /** A contender that writes to a stub of its own. */
    ContenderJvm start(String contender, String rows) throws IOException {
        Stub.Address address = stub.next();
        return start(contender, contender, rows, address.plain(), address);
    }

    /** A contender that writes to a stub of its own over TLS, which its label says. */
    ContenderJvm startSecure(String contender, String rows) throws IOException {
        Stub.Address address = stub.next();
        return start(contender + "-tls", contender, rows, address.secure(), address);
    }

    /** A contender that writes to somebody else. */
    ContenderJvm start(String contender, String rows, URI endpoint) throws IOException {
        return start(contender, contender, rows, endpoint, stub.next());
    }

    private ContenderJvm start(String label, String contender, String rows, URI endpoint, Stub.Address counts)
            throws IOException {
        return ContenderJvm.start(
                label, contender, rows, endpoint, counts.plain(), stub.certificate(), classPaths, folder);
    }

    /** Starts contenders of their own names. */
    List<ContenderJvm> startAll(String rows, String... contenders) throws IOException {
        List<ContenderJvm> started = new ArrayList<>();
        for (String contender : contenders) {
            started.add(start(contender, rows));
        }
        return started;
    }

    /** Warms contenders up, one after the other: side by side, their compilers would wait for each other's rows. */
    static void warmUp(List<ContenderJvm> contenders, Duration longest) throws IOException {
        for (ContenderJvm contender : contenders) {
            contender.warmUp(longest);
        }
    }

    /** So many rounds, in each of which the contenders run one after the other. */
    List<Round> rounds(List<ContenderJvm> contenders, String section, String setting, int count, Duration each)
            throws IOException {
        List<Round> rounds = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            for (ContenderJvm contender : contenders) {
                rounds.add(contender.round(section, setting, number, each));
            }
        }
        return rounds;
    }

    /** Ends contenders. */
    static void end(Collection<ContenderJvm> contenders) throws IOException {
        for (ContenderJvm contender : contenders) {
            contender.close();
        }
    }

    @Override
    public void close() {
        stub.close();
    }
}
