package dev.dynamirror.benchmarks.run;

import dev.dynamirror.benchmarks.stub.Certificate;
import dev.dynamirror.benchmarks.stub.StubClient;
import dev.dynamirror.benchmarks.stub.StubMain;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The stub in its own JVM. */
final class Stub implements AutoCloseable {

    private final ChildJvm jvm;
    private final URI plain;
    private final URI secure;
    private final Certificate certificate;

    private Stub(ChildJvm jvm, Certificate certificate) throws IOException {
        this.jvm = jvm;
        this.certificate = certificate;
        this.plain = URI.create(jvm.readLine());
        this.secure = URI.create(jvm.readLine());
    }

    static Stub start(ClassPaths classPaths, Path folder) throws IOException, InterruptedException {
        Certificate certificate = Certificate.in(folder);
        return new Stub(
                ChildJvm.start(
                        "stub",
                        folder,
                        classPaths.own(),
                        List.of("-Xmx512m", "-XX:+UseSerialGC"),
                        List.of(StubMain.class.getName(), "tls=" + folder)),
                certificate);
    }

    URI plain() {
        return plain;
    }

    URI secure() {
        return secure;
    }

    Certificate certificate() {
        return certificate;
    }

    StubClient client() {
        return new StubClient(plain);
    }

    @Override
    public void close() {
        jvm.kill();
    }
}
