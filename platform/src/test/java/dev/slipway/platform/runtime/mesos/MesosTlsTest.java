package dev.slipway.platform.runtime.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.runtime.Await;
import dev.slipway.platform.runtime.mesos.fake.Execution;
import dev.slipway.platform.runtime.mesos.fake.FakeBehaviour;
import dev.slipway.platform.runtime.mesos.fake.FakeMesosMaster;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A master that speaks TLS is trusted when its certificate is. */
@Timeout(60)
class MesosTlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path directory;

    /** A key and its own certificate for one subject alternative name, such as {@code ip:127.0.0.1}. */
    private KeyStore key(String name) throws Exception {
        Path file = directory.resolve(name.replace(':', '-') + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "master",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=master",
                        "-ext",
                        "san=" + name,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static SSLContext server(KeyStore key) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(key, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static String pem(KeyStore key) throws Exception {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(key.getCertificate("master").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    private static void connect(KeyStore key, Map<String, String> settings, boolean expected) throws Exception {
        try (MesosWorld world = new MesosWorld();
                FakeMesosMaster master =
                        new FakeMesosMaster(FakeBehaviour.standard(world.timer, Clock.systemUTC(), Execution.INSTANT)
                                .with(server(key)));
                MesosRuntime runtime =
                        world.start(MesosSiteSettings.read(world.site, "127.0.0.1:" + master.port(), settings))) {
            if (expected) {
                MesosWorld.awaitConnected(runtime);
            } else {
                Await.until(
                        "says why",
                        MesosWorld.BOUND,
                        () -> runtime.health().version().contains("Tried to subscribe"));
                assertThat(runtime.health().available()).isFalse();
                assertThat(master.frameworks()).isEmpty();
            }
        }
    }

    @Test
    void aMasterWithATrustedCertificateIsBelieved() throws Exception {
        KeyStore key = key("ip:127.0.0.1");
        connect(key, Map.of("ca", pem(key)), true);
    }

    @Test
    void aMasterThatNobodyVouchesForIsNot() throws Exception {
        connect(key("ip:127.0.0.1"), Map.of("tls", "on"), false);
    }
}
