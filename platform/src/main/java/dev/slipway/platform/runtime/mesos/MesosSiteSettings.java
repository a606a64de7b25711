package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.runtime.mesos.wire.MasterCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A site's settings, as a person gives them with {@code sites:join}: {@code principal} and {@code secret}, or {@code
 * token}; {@code tls} (on or off) and {@code ca} (certificates in PEM, instead of the JDK's); {@code containerizer}
 * (docker or mesos); {@code user}; {@code webui}; {@code control} (this
 * program as the agents reach it); {@code failover-timeout} and {@code patience} (ISO 8601); {@code gpus}
 * (on or off).
 */
final class MesosSiteSettings {
    private static final Set<String> KNOWN = new TreeSet<>(Set.of(
            "principal",
            "secret",
            "token",
            "tls",
            "ca",
            "containerizer",
            "user",
            "webui",
            "control",
            "failover-timeout",
            "patience",
            "gpus"));

    private MesosSiteSettings() {}

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException saying which one is wrong and how it has to be; never telling a secret
     */
    static MesosSite read(String name, String masters, Map<String, String> settings) {
        for (String key : settings.keySet()) {
            if (!KNOWN.contains(key)) {
                throw new IllegalArgumentException(
                        "A mesos site has no setting " + key + "; it has " + String.join(", ", KNOWN));
            }
        }
        if (masters.isBlank()) {
            throw new IllegalArgumentException(
                    "A mesos site's address names its masters: host:port,host:port or zk://host:port,host:port/path");
        }
        return new MesosSite(
                name,
                masters.strip(),
                credentials(settings),
                tls(settings),
                containerizer(settings.getOrDefault("containerizer", "docker")),
                settings.getOrDefault("user", "root"),
                "slipway",
                Optional.ofNullable(settings.get("webui")),
                control(settings),
                duration("failover-timeout", settings, Duration.ofDays(21)),
                duration("patience", settings, Duration.ofSeconds(30)),
                on("gpus", settings));
    }

    private static MasterCredentials credentials(Map<String, String> settings) {
        boolean basic = settings.containsKey("principal") || settings.containsKey("secret");
        if (settings.containsKey("token")) {
            if (basic) {
                throw new IllegalArgumentException("A mesos site has either principal and secret, or token");
            }
            if (settings.get("token").isBlank()) {
                throw new IllegalArgumentException("token is empty");
            }
            return new MasterCredentials.Bearer(settings.get("token"));
        }
        if (!basic) {
            return new MasterCredentials.None();
        }
        String principal = settings.getOrDefault("principal", "");
        String secret = settings.getOrDefault("secret", "");
        if (principal.isEmpty() || secret.isEmpty() || principal.contains(":")) {
            throw new IllegalArgumentException(
                    "principal and secret belong together, and a principal has no colon in it");
        }
        return new MasterCredentials.Basic(principal, secret);
    }

    private static Optional<String> control(Map<String, String> settings) {
        String text = settings.get("control");
        if (text == null) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
                return Optional.of(text.replaceFirst("/+$", ""));
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("control is not an address: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(
                "control is this program's address as the agents reach it, such as https://slipway.example.com, not "
                        + text);
    }

    private static MesosSite.Containerizer containerizer(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "docker" -> MesosSite.Containerizer.DOCKER;
            case "mesos" -> MesosSite.Containerizer.MESOS;
            default -> throw new IllegalArgumentException("containerizer is docker or mesos, not " + text);
        };
    }

    private static Duration duration(String key, Map<String, String> settings, Duration otherwise) {
        String text = settings.get(key);
        if (text == null) {
            return otherwise;
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(key + " is a duration like PT30S or P21D, not " + text, e);
        }
    }

    private static boolean on(String key, Map<String, String> settings) {
        String text = settings.getOrDefault(key, "off");
        if (!text.equals("on") && !text.equals("off")) {
            throw new IllegalArgumentException(key + " is on or off, not " + text);
        }
        return text.equals("on");
    }

    private static Optional<SSLContext> tls(Map<String, String> settings) {
        String ca = settings.get("ca");
        if (ca == null && !on("tls", settings)) {
            return Optional.empty();
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            if (ca == null) {
                context.init(null, null, null);
            } else {
                TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                trust.init(store(ca));
                context.init(null, trust.getTrustManagers(), null);
            }
            return Optional.of(context);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("ca is one or more certificates in PEM: " + e.getMessage(), e);
        }
    }

    private static KeyStore store(String pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
            store.setCertificateEntry("ca-" + number++, certificate);
        }
        if (number == 0) {
            throw new IOException("there is none in it");
        }
        return store;
    }
}
