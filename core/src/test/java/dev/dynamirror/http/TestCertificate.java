package dev.dynamirror.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dynamirror.SystemProperties;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate of a host that has signed itself, made by the JDK's keytool.
 *
 * @param store a key store with it and its key
 */
record TestCertificate(Path store) {

    private static final String PASSWORD = "password";

    static TestCertificate of(String host, Path folder) throws IOException, InterruptedException {
        Path store = folder.resolve("certificate.p12");
        String command = "-genkeypair -alias test -keyalg EC -storetype PKCS12 -validity 7 -dname CN=" + host
                + " -ext san=dns:" + host + " -storepass " + PASSWORD + " -keystore";
        ProcessBuilder keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        keytool.command().addAll(List.of(command.split(" ")));
        keytool.command().add(store.toString());
        assertThat(keytool.inheritIO().start().waitFor()).isZero();
        return new TestCertificate(store);
    }

    /** Makes Java trust nothing else. */
    void trust(SystemProperties properties) {
        properties.set("javax.net.ssl.trustStore", store.toString()).set("javax.net.ssl.trustStorePassword", PASSWORD);
    }

    /** Makes sockets of servers that show it. */
    ServerSocketFactory sockets() {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context.getServerSocketFactory();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
