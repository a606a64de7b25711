package dev.slipway.platform.runtime.docker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whom we believe to be an engine of a site, and who we are there. An engine is believed when the site's authority has
 * signed its certificate for the very host that was asked for; whoever holds the certificate of one host is no other.
 */
final class EngineTrust {
    private static final char[] NO_PASSWORD = {};
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----(.*?)-----END PRIVATE KEY-----", Pattern.DOTALL);

    private final KeyStore authorities;
    private final KeyStore ourselves;

    private EngineTrust(KeyStore authorities, KeyStore ourselves) {
        this.authorities = authorities;
        this.ourselves = ourselves;
    }

    /**
     * Reads three PEM texts.
     *
     * @param ca who signs the engines' certificates
     * @param certificate ours, and the chain above it
     * @param key ours, PKCS #8
     * @throws IllegalArgumentException saying which of them is wrong
     */
    static EngineTrust of(String ca, String certificate, String key) {
        try {
            KeyStore authorities = empty();
            int number = 0;
            for (Certificate authority : certificates("ca", ca)) {
                authorities.setCertificateEntry("ca" + number++, authority);
            }
            KeyStore ourselves = empty();
            Certificate[] chain = certificates("cert", certificate).toArray(Certificate[]::new);
            ourselves.setKeyEntry("key", privateKey(key), NO_PASSWORD, chain);
            return new EngineTrust(authorities, ourselves);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("The engine's certificates cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static Collection<? extends Certificate> certificates(String setting, String pem) {
        try {
            Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            if (!found.isEmpty()) {
                return found;
            }
        } catch (CertificateException e) {
            throw new IllegalArgumentException(
                    "The setting " + setting + " is no certificate in PEM: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("The setting " + setting + " holds no certificate in PEM");
    }

    private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        Matcher key = KEY.matcher(pem);
        if (!key.find()) {
            throw new IllegalArgumentException("The setting key has to be a private key in PEM (PKCS #8, -----BEGIN"
                    + " PRIVATE KEY-----): openssl pkcs8 -topk8 -nodes makes one of another form");
        }
        byte[] encoded = Base64.getMimeDecoder().decode(key.group(1));
        for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException another) {
                continue;
            }
        }
        throw new IllegalArgumentException("The setting key is no EC, RSA or Ed25519 key");
    }

    /** For connections to one host. */
    SSLContext contextFor(String host) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(ourselves, NO_PASSWORD);
            TrustManagerFactory believed = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            believed.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keys.getKeyManagers(),
                    new TrustManager[] {new OneHost((X509ExtendedTrustManager) believed.getTrustManagers()[0], host)},
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The engine's certificates cannot be used: " + e.getMessage(), e);
        }
    }

    /** Believes what the other believes, of one host only. */
    private static final class OneHost extends X509ExtendedTrustManager {
        private static final int DNS = 2;
        private static final int ADDRESS = 7;

        private final X509ExtendedTrustManager authority;
        private final String host;

        OneHost(X509ExtendedTrustManager authority, String host) {
            this.authority = authority;
            this.host = host;
        }

        private void checkHost(X509Certificate certificate) throws CertificateException {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names != null) {
                for (List<?> name : names) {
                    boolean known =
                            name.getFirst().equals(DNS) || name.getFirst().equals(ADDRESS);
                    if (known && host.equalsIgnoreCase(String.valueOf(name.get(1)))) {
                        return;
                    }
                }
            }
            throw new CertificateException("the certificate is not for " + host + ", but for "
                    + (names == null
                            ? "nobody"
                            : names.stream().map(name -> name.get(1)).toList()));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            authority.checkServerTrusted(chain, type);
            checkHost(chain[0]);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            authority.checkServerTrusted(chain, type);
            checkHost(chain[0]);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            authority.checkServerTrusted(chain, type);
            checkHost(chain[0]);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("nobody is a client here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("nobody is a client here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("nobody is a client here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return authority.getAcceptedIssuers();
        }
    }
}
