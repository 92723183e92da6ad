package dev.dynamirror.benchmarks.run;

import dev.dynamirror.benchmarks.stub.Certificate;
import dev.dynamirror.benchmarks.stub.StubClient;
import dev.dynamirror.benchmarks.stub.StubMain;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The stubs in their own JVM, one for each contender. */
final class Stub implements AutoCloseable {

    /** More than there are contenders at once. */
    private static final int SERVERS = 24;

    private final ChildJvm jvm;
    private final Certificate certificate;
    private final List<Address> addresses;
    private int taken;

    /**
     * Where a stub is.
     *
     * @param plain without TLS
     * @param secure with TLS
     */
    record Address(URI plain, URI secure) {}

    private Stub(ChildJvm jvm, Certificate certificate, List<Address> addresses) {
        this.jvm = jvm;
        this.certificate = certificate;
        this.addresses = addresses;
    }

    static Stub start(ClassPaths classPaths, Path folder) throws IOException, InterruptedException {
        Certificate certificate = Certificate.in(folder);
        ChildJvm jvm = ChildJvm.start(
                "stub",
                folder,
                classPaths.own(),
                List.of("-Xmx512m", "-XX:+UseSerialGC"),
                List.of(StubMain.class.getName(), "servers=" + SERVERS, "tls=" + folder));
        List<Address> addresses = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            addresses.add(new Address(URI.create(jvm.readLine()), URI.create(jvm.readLine())));
        }
        return new Stub(jvm, certificate, addresses);
    }

    /** A stub that nobody else who still runs writes to. */
    Address next() {
        Address address = addresses.get(taken % SERVERS);
        taken++;
        return address;
    }

    /** From now on all stubs answer that much later. */
    void delay(Duration delay) {
        addresses.forEach(address -> new StubClient(address.plain()).delay(delay));
    }

    Certificate certificate() {
        return certificate;
    }

    @Override
    public void close() {
        jvm.kill();
    }
}
