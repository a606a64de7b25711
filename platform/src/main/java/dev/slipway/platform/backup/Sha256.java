package dev.slipway.platform.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** By which a file of an archive is recognised. */
final class Sha256 {
    private Sha256() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("a Java without SHA-256", impossible);
        }
    }
}
