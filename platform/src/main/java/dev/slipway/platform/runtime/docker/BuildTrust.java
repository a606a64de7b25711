package dev.slipway.platform.runtime.docker;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which certificates and proxies builds use. Companies put certificates of their own into the machine's bundle; a
 * build that talks to a package registry must know them, in the form of each language's tools.
 *
 * @param binds what is mounted into a sandbox, read-only
 * @param environment variables that lead the tools there
 */
record BuildTrust(List<Bind> binds, Map<String, String> environment) {

    private static final Path MACHINE_BUNDLE = Path.of("/etc/ssl/certs/ca-certificates.crt");
    private static final Path MACHINE_KEY_STORE = Path.of("/etc/ssl/certs/java/cacerts");
    private static final String INSIDE_BUNDLE = "/etc/ssl/certs/ca-certificates.crt";
    private static final String INSIDE_KEY_STORE = "/etc/ssl/certs/java/cacerts";

    BuildTrust {
        binds = List.copyOf(binds);
        environment = Map.copyOf(environment);
    }

    /** Finds out what is to be trusted; makes a Java key store of the bundle if the machine has none. */
    static BuildTrust of(SandboxSettings settings) throws IOException {
        List<Bind> binds = new ArrayList<>();
        Map<String, String> environment = new LinkedHashMap<>();
        Optional<Path> bundle = settings.caBundle()
                .or(() -> Files.isReadable(MACHINE_BUNDLE) ? Optional.of(MACHINE_BUNDLE) : Optional.empty());
        if (bundle.isPresent()) {
            binds.add(readOnly(bundle.get(), INSIDE_BUNDLE));
            for (String variable : List.of(
                    "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "GIT_SSL_CAINFO", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")) {
                environment.put(variable, INSIDE_BUNDLE);
            }
            boolean machines = bundle.get().equals(MACHINE_BUNDLE) && Files.isReadable(MACHINE_KEY_STORE);
            Path keyStore = machines ? MACHINE_KEY_STORE : keyStore(bundle.get(), settings.sandboxDirectory());
            binds.add(readOnly(keyStore, INSIDE_KEY_STORE));
            environment.put("MAVEN_OPTS", "-Djavax.net.ssl.trustStore=" + INSIDE_KEY_STORE);
        }
        settings.httpProxy().ifPresent(proxy -> both(environment, "http_proxy", proxy));
        settings.httpsProxy().ifPresent(proxy -> both(environment, "https_proxy", proxy));
        settings.noProxy().ifPresent(hosts -> both(environment, "no_proxy", hosts));
        return new BuildTrust(binds, environment);
    }

    static Bind readOnly(Path source, String inside) throws IOException {
        return new Bind(source.toRealPath().toString(), new Volume(inside), AccessMode.ro);
    }

    private static void both(Map<String, String> environment, String name, String value) {
        environment.put(name, value);
        environment.put(name.toUpperCase(java.util.Locale.ROOT), value);
    }

    private static Path keyStore(Path bundle, Path directory) throws IOException {
        Path target = directory.resolve("cacerts.p12");
        Files.createDirectories(directory);
        if (Files.exists(target)
                && Files.getLastModifiedTime(target).compareTo(Files.getLastModifiedTime(bundle)) > 0) {
            return target;
        }
        Path temporary = Files.createTempFile(directory, "cacerts", ".p12");
        try (InputStream pem = Files.newInputStream(bundle);
                var out = Files.newOutputStream(temporary)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("ca" + number++, certificate);
            }
            store.store(out, "changeit".toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IOException("The certificates in " + bundle + " cannot be read: " + e.getMessage(), e);
        }
        Files.setPosixFilePermissions(temporary, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        return Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
