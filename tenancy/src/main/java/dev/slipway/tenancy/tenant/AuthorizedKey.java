package dev.slipway.tenancy.tenant;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.slipway.tenancy.identity.InvalidNameException;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * A line of an {@code authorized_keys} file (sshd(8)) with a key we take: Ed25519 (RFC 8709), ECDSA on the NIST curves
 * (RFC 5656), or RSA (RFC 4253) of 2048 to 16384 bits.
 *
 * @param blob the key in its wire form
 * @param comment what follows the key, at most 200 characters
 */
record AuthorizedKey(String kind, byte[] blob, String comment) {
    private static final int LONGEST_LINE = 8_192;
    private static final int LONGEST_COMMENT = 200;
    private static final int ED25519_BYTES = 32;
    private static final int RSA_LEAST_BITS = 2_048;
    private static final int RSA_MOST_BITS = 16_384;
    private static final Map<String, Integer> CURVE_BYTES = Map.of("nistp256", 32, "nistp384", 48, "nistp521", 66);

    /**
     * Reads a line without options.
     *
     * @throws InvalidNameException with a sentence that says what to do instead
     */
    static AuthorizedKey parse(String line) {
        String text = line.strip();
        if (text.contains("PRIVATE KEY")) {
            throw refuse("This is a private key, which nobody should ever get: give the line of the .pub file, and make"
                    + " a new key if this one went over a network.");
        }
        String[] parts = text.split("[ \t]+", 3);
        if (text.length() > LONGEST_LINE || text.lines().count() != 1 || parts.length < 2) {
            throw refuse("Give one line as in a .pub file, for example: ssh-ed25519 AAAAC3… ada@laptop.");
        }
        byte[] blob = decode(parts[1]);
        check(parts[0], blob);
        String comment = parts.length == 3 ? parts[2].replaceAll("\\p{Cntrl}", "?") : "";
        return new AuthorizedKey(parts[0], blob, comment.substring(0, Math.min(comment.length(), LONGEST_COMMENT)));
    }

    /** As OpenSSH shows it: {@code SHA256:} and 43 characters. */
    String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(blob);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static void check(String kind, byte[] blob) {
        ByteBuffer wire = ByteBuffer.wrap(blob);
        try {
            if (!kind.equals(string(wire))) {
                throw refuse("The line says " + shown(kind) + " but the key in it is another: copy it again.");
            }
            switch (kind) {
                case "ssh-ed25519" -> require(field(wire).length == ED25519_BYTES);
                case "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521" -> point(kind, wire);
                case "ssh-rsa" -> modulus(wire);
                default ->
                    throw refuse(
                            "Keys of kind " + shown(kind)
                                    + " are not taken: make one with ssh-keygen -t ed25519 (ECDSA and RSA from 2048 bits do too).");
            }
            require(!wire.hasRemaining());
        } catch (BufferUnderflowException e) {
            throw broken();
        }
    }

    private static void point(String kind, ByteBuffer wire) {
        String curve = string(wire);
        require(kind.endsWith("-" + curve));
        byte[] point = field(wire);
        require(point.length == 1 + 2 * CURVE_BYTES.getOrDefault(curve, 0) && point[0] == 4);
    }

    private static void modulus(ByteBuffer wire) {
        BigInteger exponent = new BigInteger(nonEmpty(field(wire)));
        BigInteger modulus = new BigInteger(nonEmpty(field(wire)));
        require(exponent.signum() > 0 && exponent.testBit(0) && exponent.bitLength() > 1);
        require(modulus.signum() > 0 && modulus.testBit(0) && modulus.bitLength() <= RSA_MOST_BITS);
        if (modulus.bitLength() < RSA_LEAST_BITS) {
            throw refuse("This RSA key has " + modulus.bitLength() + " bits and the least is " + RSA_LEAST_BITS
                    + ": make a new one with ssh-keygen -t ed25519.");
        }
    }

    private static byte[] nonEmpty(byte[] bytes) {
        require(bytes.length > 0);
        return bytes;
    }

    private static String string(ByteBuffer wire) {
        return new String(field(wire), US_ASCII);
    }

    private static byte[] field(ByteBuffer wire) {
        int length = wire.getInt();
        if (length < 0 || length > wire.remaining()) {
            throw broken();
        }
        byte[] bytes = new byte[length];
        wire.get(bytes);
        return bytes;
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw refuse("The second word of the line is not base64. Give the line of the .pub file, without options"
                    + " in front.");
        }
    }

    private static void require(boolean whole) {
        if (!whole) {
            throw broken();
        }
    }

    private static String shown(String kind) {
        String plain = kind.replaceAll("[^a-zA-Z0-9@._-]", "?");
        return plain.substring(0, Math.min(plain.length(), 40));
    }

    private static InvalidNameException broken() {
        return refuse("The key is damaged: copy the whole line of the .pub file again.");
    }

    /** The line itself is kept out of the refusal: it may be a private key. */
    private static InvalidNameException refuse(String sentence) {
        return new InvalidNameException("ssh key", "", sentence);
    }
}
