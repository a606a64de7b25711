package dev.slipway.registry.oci;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name of content: an algorithm and the lower-case hexadecimal hash (OCI Image Specification, section "Digests").
 *
 * @param algorithm how the hash was made
 * @param hex the hash, as many characters as the algorithm gives
 */
public record Digest(Algorithm algorithm, String hex) implements Reference, Comparable<Digest> {

    /** The registered algorithms. */
    public enum Algorithm {
        SHA256("sha256", "SHA-256", 64),
        SHA512("sha512", "SHA-512", 128);

        private final String prefix;
        private final String javaName;
        private final int hexLength;

        Algorithm(String prefix, String javaName, int hexLength) {
            this.prefix = prefix;
            this.javaName = javaName;
            this.hexLength = hexLength;
        }

        /** The word before the colon. */
        public String prefix() {
            return prefix;
        }

        /** A fresh hash function; not safe for use by several threads. */
        public MessageDigest hasher() {
            try {
                return MessageDigest.getInstance(javaName);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("this Java runtime lacks the hash function " + javaName, e);
            }
        }
    }

    /**
     * Checks the form.
     *
     * @throws RegistryException {@link ErrorCode#DIGEST_INVALID}
     */
    public Digest {
        if (!hexadecimal(hex, algorithm.hexLength)) {
            throw invalid(algorithm.prefix + ":" + hex);
        }
    }

    /**
     * Reads a digest such as {@code sha256:…}.
     *
     * @throws RegistryException {@link ErrorCode#DIGEST_INVALID}
     */
    public static Digest parse(String text) {
        for (Algorithm algorithm : Algorithm.values()) {
            int prefix = algorithm.prefix.length();
            if (text.length() == prefix + 1 + algorithm.hexLength
                    && text.charAt(prefix) == ':'
                    && text.startsWith(algorithm.prefix)) {
                return new Digest(algorithm, text.substring(prefix + 1));
            }
        }
        throw invalid(text);
    }

    /** The SHA-256 digest of bytes. */
    public static Digest sha256(byte[] content) {
        return of(Algorithm.SHA256, content);
    }

    /** The digest of bytes. */
    public static Digest of(Algorithm algorithm, byte[] content) {
        return ofHash(algorithm, algorithm.hasher().digest(content));
    }

    /** The digest whose raw hash a hash function has just given. */
    public static Digest ofHash(Algorithm algorithm, byte[] hash) {
        return new Digest(algorithm, HexFormat.of().formatHex(hash));
    }

    /** True if the bytes are the content this names. */
    public boolean names(byte[] content) {
        return equals(of(algorithm, content));
    }

    private static RegistryException invalid(String text) {
        return new RegistryException(
                ErrorCode.DIGEST_INVALID,
                Excerpt.of(text) + " is not a digest: sha256: or sha512: and the hash in lower-case hexadecimal");
    }

    private static boolean hexadecimal(String text, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(Digest other) {
        int byAlgorithm = algorithm.compareTo(other.algorithm);
        return byAlgorithm != 0 ? byAlgorithm : hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return algorithm.prefix + ":" + hex;
    }
}
