package dev.slipway.tenancy.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.tenancy.secret.SealBrokenException.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals values before they are stored: AES-256-GCM (NIST SP 800-38D) with the context as associated data, so that a
 * sealed value moved to another app or key does not open. The envelope is: version 1, key id (4 bytes), nonce
 * (12 bytes), ciphertext with its tag (16 bytes more than the plain text).
 */
@ApplicationScoped
public class Sealer {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD = 1 + KeyRing.ID_BYTES + NONCE_BYTES;

    private final SecureRandom random = new SecureRandom();
    private final KeyFile file;
    private volatile KeyRing ring;

    Sealer(SecretSettings settings) {
        this.file = new KeyFile(settings.keyFile(), random);
        this.ring = file.open();
    }

    /**
     * Seals with the newest key.
     *
     * @param context what the value is for and where it is kept, for example {@code config:APP-ID:NAME}; opening needs
     *     the same
     */
    public byte[] seal(byte[] plain, String context) {
        KeyRing keys = ring;
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, keys.newestKey(), nonce, context)
                    .doFinal(plain);
            return ByteBuffer.allocate(HEAD + sealed.length)
                    .put(VERSION)
                    .put(keys.newestId())
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES-256-GCM", e);
        }
    }

    /**
     * Opens what {@link #seal} sealed, with whichever key of the file it was.
     *
     * @throws SealBrokenException if the bytes, the context or the key are not those it was sealed with
     */
    public byte[] open(byte[] envelope, String context) {
        if (envelope.length < HEAD + TAG_BITS / 8 || envelope[0] != VERSION) {
            throw new SealBrokenException(Reason.NOT_SEALED, context);
        }
        ByteBuffer buffer = ByteBuffer.wrap(envelope, 1, envelope.length - 1);
        byte[] id = new byte[KeyRing.ID_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(id).get(nonce);
        byte[] sealed = new byte[buffer.remaining()];
        buffer.get(sealed);
        SecretKey key = key(id).orElseThrow(() -> new SealBrokenException(Reason.UNKNOWN_KEY, context));
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, context).doFinal(sealed);
        } catch (AEADBadTagException e) {
            throw new SealBrokenException(Reason.TAMPERED, context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES-256-GCM", e);
        }
    }

    /** Seals a text. */
    public byte[] sealText(String plain, String context) {
        return seal(plain.getBytes(UTF_8), context);
    }

    /** Opens a text. */
    public String openText(byte[] envelope, String context) {
        return new String(open(envelope, context), UTF_8);
    }

    /** Adds a key; from now on it seals, and the older ones still open. */
    public void rotate() {
        ring = file.rotate();
    }

    /** Whether the value was sealed with an older key and should be sealed again. */
    public boolean outdated(byte[] envelope) {
        return envelope.length < HEAD
                || !ByteBuffer.wrap(envelope, 1, KeyRing.ID_BYTES).equals(ByteBuffer.wrap(ring.newestId()));
    }

    /** A key that is not known may have been added by another process: the file is read once more. */
    private Optional<SecretKey> key(byte[] id) {
        Optional<SecretKey> known = ring.key(id);
        if (known.isPresent()) {
            return known;
        }
        ring = file.again();
        return ring.key(id);
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String context)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(UTF_8));
        return cipher;
    }
}
